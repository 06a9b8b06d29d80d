import { setTimeout as pass } from "node:timers/promises";
import { eventually } from "../../test/runtime/eventually.ts";
import { Program } from "../measure/Program.ts";
import { rates, type Rates } from "./rates.ts";
import type { CrowdScene } from "./measureCrowd.ts";

/** GETs in a period that the machine can be asked for. */
const most = 10_000;
const period = 30_000;

export interface Plain {
  /** Pods that were run. */
  readonly pods: number;
  /** For all pods: of those that were run, times what there are more. */
  readonly rest: readonly Rates[];
}

/** The plain pattern for as many pods as there are agents, or for as many of them as can be run. */
export async function measurePlain(scene: CrowdScene, rounds: number): Promise<Plain> {
  const { server, meter, ownBytes, agents, validators } = scene;
  const pods = Math.min(agents, Math.floor(most / validators));
  const flags = [`--kubeconfig=${server.kubeconfig}`, `--count=${pods}`];
  const program = new Program(process.execPath, ["bench/pollers/main.ts", ...flags], {});
  const took: number[] = [];
  program.onLine((line) => took.push((JSON.parse(line) as { readonly seconds: number }).seconds));
  try {
    await eventually("each pod has looked once", 120_000, () => took.length >= pods);
    const rest: Rates[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const from = await meter.read();
      await pass(period);
      rest.push(times(rates(from, await meter.read(), ownBytes), agents / pods));
    }
    if (Math.max(...took) > period / 1000)
      throw new Error(`a look took ${Math.max(...took)} s, longer than its period`);
    return { pods, rest };
  } finally {
    await program.stop("SIGKILL");
  }
}

/** The pattern has no Lease: all that the server sends for Leases is its own. */
function times({ requests, otherBytes, millicores }: Rates, factor: number): Rates {
  return {
    requests: requests * factor,
    bytes: otherBytes * factor,
    otherBytes: otherBytes * factor,
    millicores: millicores * factor,
  };
}
