import type { CoreFault } from "../fake-core/CoreModel.ts";
import { promptCore } from "./promptCore.ts";
import type { Fault } from "./Fault.ts";
import type { ValidatorPod } from "./Validator.ts";
import type { World } from "./World.ts";

const answers: readonly CoreFault[] = [
  "html",
  "half-json",
  "exception",
  "unescaped-exception",
  "booting-error",
  "plain-text",
  "redirect",
  "huge",
  "reset",
  "hang",
];

function anyCore(world: World): { readonly pod: ValidatorPod; readonly name: string } | undefined {
  const running = world.cluster.running();
  if (running.length === 0) return undefined;
  const { pod, validator } = world.random.pick(running);
  return { pod, name: validator.name };
}

function isThere(world: World, pod: ValidatorPod): boolean {
  return world.cluster.running().some((running) => running.pod === pod);
}

/** What befalls Cores. */
export const coreFaults = {
  answers: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { core } = found.pod;
    const fault = world.random.pick(answers);
    return {
      what: `the Core of ${found.name} answers: ${fault}`,
      begin: () => void (core.fault = fault),
      end: () => {
        core.fault = undefined;
      },
    };
  },

  restart: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { pod } = found;
    return {
      what: `the Core of ${found.name} starts anew`,
      begin: () => {
        if (pod.core.running) pod.core.start();
      },
    };
  },

  stop: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { pod } = found;
    return {
      what: `the Core of ${found.name} stops`,
      begin: () => {
        if (pod.core.running) pod.core.stop();
      },
      end: () => {
        if (isThere(world, pod) && !pod.core.running) pod.core.start();
      },
    };
  },

  cut: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { core } = found.pod;
    return {
      what: `the Core of ${found.name} is cut off from the others`,
      begin: () => world.cluster.network.cut(core),
      end: () => world.cluster.network.heal(core),
    };
  },

  /** Its database of peers is gone, and whoever knew it looks for others. */
  forget: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { core } = found.pod;
    return {
      what: `the Core of ${found.name} forgets its peers`,
      begin: () => {
        world.cluster.network.forget(core);
        if (core.running && world.random.chance(0.5)) core.start();
      },
    };
  },

  flap: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { pod } = found;
    let flaps = true;
    const flap = (): void => {
      if (!flaps || world.calm || !isThere(world, pod)) return;
      if (pod.core.running) pod.core.stop();
      else pod.core.start();
      world.time.after(world.random.integer(500, 10_000), flap);
    };
    return {
      what: `the Core of ${found.name} flaps`,
      begin: flap,
      end: () => {
        flaps = false;
        if (isThere(world, pod) && !pod.core.running) pod.core.start();
      },
    };
  },

  slow: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { pod } = found;
    const latency = world.random.pick([200, 2_000, 7_000]);
    return {
      what: `the Core of ${found.name} takes up to ${2 * latency} ms`,
      begin: () => void (pod.coreLatency = latency),
      end: () => void (pod.coreLatency = promptCore),
    };
  },

  /** Somebody configured another passphrase: what it says is not what the API says. */
  otherNetwork: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { core } = found.pod;
    return {
      what: `the Core of ${found.name} is on a network of its own`,
      begin: () => void (core.script = { passphrase: "Nobody's Network ; 1999" }),
      end: () => void (core.script = {}),
    };
  },

  unhealthy: (world: World): Fault | undefined => {
    const found = anyCore(world);
    if (!found) return undefined;
    const { core } = found.pod;
    const script = world.random.pick([
      { state: "Catching up" },
      { ledgerAge: 100 },
      { state: "Joining SCP" },
      { state: "Booting" },
    ]);
    return {
      what: `the Core of ${found.name} says ${JSON.stringify(script)}`,
      begin: () => void (core.script = script),
      end: () => void (core.script = {}),
    };
  },
};
