import type { CoreFault } from "../fake-core/CoreModel.ts";
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
