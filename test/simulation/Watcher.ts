import { compareRevisions } from "../../contract/compareRevisions.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { Revision } from "../../contract/Revision.ts";
import type { SimulatedAgent } from "./SimulatedAgent.ts";
import type { World } from "./World.ts";

const period = 2_000;
/** Milliseconds after standing still for which a loop may be late. */
const recovery = 100_000;

/** Looks at every agent again and again: what must hold at any moment. */
export class Watcher {
  readonly #world: World;
  readonly #applied = new Map<SimulatedAgent, Revision>();

  constructor(world: World) {
    this.#world = world;
  }

  start(): void {
    this.#world.time.after(period, () => {
      for (const agent of this.#world.agents()) this.#look(agent);
      this.start();
    });
  }

  #look(agent: SimulatedAgent): void {
    const { process } = agent;
    if (!process.active) return;
    this.#checkApplied(agent);
    if (process.clock.stoodStill(recovery)) return;
    for (const heartbeat of agent.agent.heartbeats)
      if (heartbeat.overdue() > 0)
        this.#world.rules.violated(`${process.name}: the ${heartbeat.name} loop makes no progress`);
  }

  #checkApplied(agent: SimulatedAgent): void {
    const text = agent.status().apply.revision.applied;
    const revision = text === undefined ? undefined : parseRevision(text);
    if (!revision) return;
    const before = this.#applied.get(agent);
    if (before && compareRevisions(revision, before) < 0 && !this.#world.rules.mayComeBack(text ?? ""))
      this.#world.rules.violated(`${agent.process.name} went back to ${text}`);
    this.#applied.set(agent, revision);
  }
}
