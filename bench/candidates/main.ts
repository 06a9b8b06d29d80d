/**
 * Candidates for one Lease by LeaderElector, with the agent's settings; bench/peers/client-go is the same by
 * client-go. Each says in a line of JSON whom it follows and when it leads. SIGTERM ends them in good order.
 *
 *   node bench/candidates/main.ts --kubeconfig FILE --namespace NS --name LEASE --identity PREFIX [--candidates N]
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { LeaderElector } from "../../kube/LeaderElector.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { createLog } from "../../runtime/createLog.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { systemRandom as random } from "../../runtime/systemRandom.ts";

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    namespace: { type: "string", default: "" },
    name: { type: "string", default: "" },
    identity: { type: "string", default: "" },
    candidates: { type: "string", default: "1" },
  },
});
const { kubeconfig, namespace, name, identity } = values;
const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());

/** One candidate, over a connection of its own, as a pod of its own has it. */
async function stand(candidate: string): Promise<void> {
  const api = new HttpKubeApi({ clock, connection: loadKubeConnection({ clock, kubeconfig }) });
  const elector = new LeaderElector({
    api,
    clock,
    random,
    log: createLog({ level: "error", base: { candidate }, context: () => ({}) }),
    lease: { namespace, name },
    identity: candidate,
    // Agents may not, but the peer does; what follows is the same.
    create: true,
    lead: async (_term, signal) => {
      if (!signal.aborted) await once(signal, "abort");
    },
    onChange: (leadership) => {
      const leads = leadership.role === "leading";
      const follows = leadership.role === "following" ? leadership.holder : "";
      console.log(JSON.stringify({ candidate, leads, follows }));
    },
  });
  try {
    await elector.run(ending.signal);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    api.close();
  }
}

const count = Number(values.candidates);
await Promise.all(Array.from({ length: count }, (_, index) => stand(`${identity}-${index}`)));
