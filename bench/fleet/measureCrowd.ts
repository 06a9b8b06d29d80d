import { setTimeout as pass } from "node:timers/promises";
import type { ValidatorFleet } from "../../test/agent/server/ValidatorFleet.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import type { BenchServer } from "../server/openServer.ts";
import { AgentCrowd } from "./AgentCrowd.ts";
import { rates, type Rates } from "./rates.ts";
import type { ServerMeter } from "./ServerMeter.ts";

export interface Change {
  /** Of all agents, about the list: the write of it, and whoever fetched it or doubted it. */
  readonly requests: number;
  /** To each agent, beyond what rest costs. */
  readonly bytes: number;
  /** Until all of them held the new list. */
  readonly seconds: number;
}

export interface Crowd {
  readonly rest: readonly Rates[];
  readonly changes: readonly Change[];
}

export interface CrowdScene {
  readonly server: BenchServer;
  readonly fleet: ValidatorFleet;
  readonly meter: ServerMeter;
  /** A second, of the server's own Lease. */
  readonly ownBytes: number;
  readonly agents: number;
  readonly validators: number;
}

/** So that each first watch has ended, and those that follow are of the steady kind. */
const settling = 35_000;
/** Of the watches that show that nothing changed. */
const period = 30_000;
/** After a change, for what follows from it. */
const aftermath = 3_000;

/** So many agents: `rounds` periods at rest, then as many changes of one address, one by one. */
export async function measureCrowd(
  scene: CrowdScene,
  { rounds, changes }: { readonly rounds: number; readonly changes: number },
): Promise<Crowd> {
  const crowd = new AgentCrowd(scene.server.kubeconfig, scene.agents);
  try {
    await crowd.started();
    await pass(settling);
    const rest: Rates[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const from = await scene.meter.read();
      await pass(period);
      rest.push(rates(from, await scene.meter.read(), scene.ownBytes));
    }
    const changed: Change[] = [];
    for (let round = 1; round <= changes; round += 1) changed.push(await change(scene, crowd, rest, round));
    return { rest, changes: changed };
  } finally {
    await crowd.stop();
  }
}

async function change(
  { fleet, meter, ownBytes, agents }: CrowdScene,
  crowd: AgentCrowd,
  rest: readonly Rates[],
  round: number,
): Promise<Change> {
  const old = await eventually("all agents hold one list", 60_000, () => crowd.revision());
  const from = await meter.read();
  await fleet.move(round, round);
  const moved = performance.now();
  await eventually("all agents hold the new list", 120_000, () => crowd.holding(old) === agents);
  const seconds = (performance.now() - moved) / 1000;
  await pass(aftermath);
  const to = await meter.read();
  const lasted = (to.at - from.at) / 1000;
  const usual = rest.reduce((sum, { otherBytes }) => sum + otherBytes, 0) / rest.length;
  const bytes = (rates(from, to, ownBytes).otherBytes - usual) * lasted;
  return { requests: to.listRequests - from.listRequests, bytes: bytes / agents, seconds };
}
