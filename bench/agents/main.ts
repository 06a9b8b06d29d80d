/**
 * Whole agents, several in this process, each with a connection of its own and a Core that does not answer. Says in
 * lines of JSON when one has its first picture and when it holds a new document.
 *
 *   node bench/agents/main.ts --kubeconfig FILE --first INDEX --count N --pause MILLISECONDS
 */
import { setTimeout as pass } from "node:timers/promises";
import { parseArgs } from "node:util";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { RunningAgent } from "../../test/agent/server/RunningAgent.ts";
import { ToldLog } from "./ToldLog.ts";

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    first: { type: "string", default: "0" },
    count: { type: "string", default: "1" },
    pause: { type: "string", default: "0" },
  },
});
const [first, count, pause] = [values.first, values.count, values.pause].map(Number);

for (let index = first ?? 0; index < (first ?? 0) + (count ?? 1); index += 1) {
  void new RunningAgent({
    api: new HttpKubeApi({
      clock,
      connection: loadKubeConnection({ clock, kubeconfig: values.kubeconfig }),
    }),
    identity: `validators/v${index}-0/uid-${index}`,
    peers: "stellar-system",
    log: new ToldLog(index, (word) => console.log(JSON.stringify(word))),
  });
  await pass(pause);
}
