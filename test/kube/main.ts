/**
 * A candidate in a process of its own, for tests that pause or kill it: `node main.ts NAMESPACE IDENTITY`, with
 * KUBECONFIG. Prints `leads EPOCH` when it leads, and `ended` when its work is told to stop.
 */
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { Candidate } from "./election/Candidate.ts";
import { quickTiming } from "./election/quickTiming.ts";

const [namespace = "", identity = ""] = process.argv.slice(2);
const connection = loadKubeConnection({ clock, kubeconfig: process.env["KUBECONFIG"] });
new Candidate({
  api: new HttpKubeApi({ connection, clock }),
  clock,
  identity,
  timing: quickTiming,
  lease: { namespace, name: "election" },
  work: async ({ epoch }, signal) => {
    console.log(`leads ${epoch}`);
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    console.log("ended");
  },
}).start();
