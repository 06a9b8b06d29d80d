import type { EventName } from "../../runtime/eventNames.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { RunningAgent } from "../../test/agent/server/RunningAgent.ts";
import { ValidatorFleet } from "../../test/agent/server/ValidatorFleet.ts";
import { MemoryApi } from "../../test/memory-api/MemoryApi.ts";
import { eventually } from "../../test/runtime/eventually.ts";

export interface Simulated {
  /** Until the one agent had its picture. */
  readonly synced: number;
  /** From a change of one address until its picture showed it. */
  readonly changed: number;
  /** What became of the list: one that is too large is withheld. */
  readonly outcome: "published" | "withheld";
}

/** Seconds that an agent takes for so many validators in an API server that is in memory, and costs next to nothing. */
export async function simulateFleet(validators: number): Promise<Simulated> {
  const api = new MemoryApi({ clock });
  const fleet = new ValidatorFleet(api, "validators");
  await prepare(api);
  await fleet.create(validators);
  const began = performance.now();
  const own = Object.assign(api, { close: () => undefined });
  const agent = new RunningAgent({ api: own, identity: "validators/v0-0/uid-0", peers: "stellar-system" });
  const since = (from: number): number => (performance.now() - from) / 1000;
  const times = (event: EventName): number => agent.log.about(event).length;
  try {
    await eventually("the agent has its picture", 120_000, () => agent.synced());
    const synced = since(began);
    // A leader that has no picture yet withholds, too, for a moment.
    const tooLarge = (): boolean =>
      agent.log.about("peers.withheld").some(({ reason }) => reason === "too-large");
    await eventually("it has decided", 120_000, () => times("peers.published") > 0 || tooLarge());
    const before = times("discovery.changed");
    await clock.sleep(2_000, new AbortController().signal);
    const moved = performance.now();
    await fleet.move(1, 1);
    await eventually("its picture has changed", 120_000, () => times("discovery.changed") > before);
    const outcome = tooLarge() ? "withheld" : "published";
    return { synced, changed: since(moved), outcome };
  } finally {
    await agent.stop();
  }
}

async function prepare(api: MemoryApi): Promise<void> {
  const metadata = { namespace: "stellar-system", name: "stellar-peers" };
  const { signal } = new AbortController();
  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: metadata.namespace } },
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "validators" } },
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "peers.json": "[]\n", revision: "0.0" } },
    { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec: { leaseTransitions: 0 } },
  ];
  for (const object of objects) await api.create(object, { signal });
}
