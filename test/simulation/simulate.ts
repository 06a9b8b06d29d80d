import { drawFault } from "./drawFault.ts";
import { fairWeather } from "./fairWeather.ts";
import { findUnsettled } from "./findUnsettled.ts";
import { promptCore } from "./promptCore.ts";
import { Watcher } from "./Watcher.ts";
import { World } from "./World.ts";

export interface Outcome {
  readonly seed: number;
  /** Sentences; none when all held. */
  readonly violations: readonly string[];
  readonly trace: readonly string[];
  readonly shortened: readonly string[];
  /** SHA-256 of the trace. */
  readonly digest: string;
  readonly faults: number;
  readonly publications: number;
  /** Milliseconds of simulated time. */
  readonly duration: number;
}

/** Milliseconds: how long a world is left alone at first, and how long it has to get well in the end. */
const beginning = 15_000;
const recovery = 60_000;
/** The same once a list that has lost more than half of its validators has had its second look. */
const afterSecondLook = 15_000;
const step = 1_000;
/** Milliseconds between two faults. */
const pauses = [200, 8_000] as const;

/** Lives the life of one whole fleet: a while in peace, then faults, then peace; all of it follows from the seed. */
export async function simulate(seed: number): Promise<Outcome> {
  const world = new World(seed);
  const { random, rules, time, trace } = world;
  await world.open();
  new Watcher(world).start();
  await time.runUntil(beginning);
  const faults = await befall(world, beginning + random.integer(60_000, 180_000));
  await settle(world);
  const ended = time.now();
  await recover(world, ended + recovery);
  for (const what of await findUnsettled(world)) rules.violated(`60 s after the last fault: ${what}`);
  for (const process of world.processes()) process.kill();
  const { violations, publications } = rules;
  const digest = trace.digest();
  const told = { trace: trace.lines, shortened: violations.length > 0 ? trace.shortened() : [] };
  return { seed, violations, ...told, digest, faults, publications, duration: time.now() };
}

/** Lives on until then, or a little longer than a list is held back because it has shrunk. */
async function recover(world: World, until: number): Promise<void> {
  const { time } = world;
  for (let end = until; time.now() < end;) {
    await time.runUntil(Math.min(end, time.now() + step));
    const held = world.agents().some((agent) => agent.status().publish.withheld?.reason === "shrinking");
    if (held) end = Math.max(end, time.now() + afterSecondLook);
  }
}

async function befall(world: World, until: number): Promise<number> {
  const { random, time } = world;
  let count = 0;
  while (time.now() < until) {
    await time.runUntil(Math.min(until, time.now() + random.integer(...pauses)));
    const fault = drawFault(world);
    if (!fault) continue;
    count += 1;
    await world.befall(fault);
  }
  return count;
}

/** Puts everything right that was made wrong; what people changed stays. */
async function settle(world: World): Promise<void> {
  const { cluster, random, trace } = world;
  trace.add("world", "the faults are over");
  world.calm = true;
  for (const start of world.starting) {
    world.starting.delete(start);
    await start();
  }
  for (const process of world.processes()) {
    process.line.weather = fairWeather;
    process.clock.resume();
  }
  for (const validator of cluster.validators) {
    const { pod } = validator;
    if (!pod) continue;
    pod.stuck = false;
    pod.coreLatency = promptCore;
    pod.core.fault = undefined;
    pod.core.script = {};
    if (!pod.core.running) pod.core.start();
    cluster.network.heal(pod.core);
    if (!pod.agent?.process.active) {
      pod.agent?.process.kill();
      world.startAgent(validator, pod);
    }
    world.visit(validator, pod, random.integer(0, 5_000));
  }
  world.webhooks.forEach(({ process }, index) => {
    if (!process.active) process.kill();
    world.startWebhook(index);
  });
}
