/**
 * `npm run test:chaos`: the real etcd and kube-apiserver, webhook and agents as processes, and all that goes wrong.
 */
import { parseArgs } from "node:util";
import { prepareBinaries } from "../control-plane/prepareBinaries.ts";
import { lineProgress } from "../control-plane/lineProgress.ts";
import { runChaos } from "./runChaos.ts";

const help = `npm run test:chaos -- [OPTIONS]

Kills, stops, cuts off and fills up the parts of a cluster: etcd, kube-apiserver, agents, webhook replicas, the lines
between them. Judges what the API server's audit log and the fake Cores' records say, and that all is well within a
minute of the last fault.

  --faults N  how many (200)
  --seed S    what is done, and in which order, follows from it (1); what comes of it does not
  --help      print this
`;

async function main(): Promise<number> {
  const options = {
    faults: { type: "string" },
    seed: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const say = (line: string): void => console.log(line);
  const binaries = await prepareBinaries(process.env, lineProgress(say));
  if (!binaries) throw new Error("there are no binaries of a control plane, and no Go to build them");
  const began = performance.now();
  const [faults, seed] = [Number(values.faults ?? 200), Number(values.seed ?? 1)];
  const { kinds, recovery, violations, writes } = await runChaos({ binaries, faults, seed, say });
  for (const [kind, count] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) say(`| ${kind} | ${count} |`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const healed =
    recovery === undefined ? "not well again" : `well again after ${(recovery / 1000).toFixed(1)} s`;
  say(
    `${faults} faults in ${seconds} s, ${writes} writes of lists judged, ${healed}, ${violations.length} violations`,
  );
  for (const violation of violations) say(`VIOLATION: ${violation}`);
  return violations.length > 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
