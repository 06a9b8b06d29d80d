import { drawFoulWeather } from "./drawFoulWeather.ts";
import { fairWeather } from "./fairWeather.ts";
import type { Fault } from "./Fault.ts";
import type { SimulatedProcess } from "./SimulatedProcess.ts";
import { storedFaults } from "./storedFaults.ts";
import { validatorChanges } from "./validatorChanges.ts";
import type { Weather } from "./Weather.ts";
import type { World } from "./World.ts";

const hour = 3_600_000;

function anyProcess(world: World): SimulatedProcess | undefined {
  const processes = world.processes();
  return processes.length > 0 ? world.random.pick(processes) : undefined;
}

function restartLater(world: World, process: SimulatedProcess): void {
  world.time.after(world.random.integer(500, 20_000), () => restart(world, process));
}

function restart(world: World, process: SimulatedProcess): void {
  if (process.alive) process.kill();
  const index = world.webhooks.findIndex((webhook) => webhook.process === process);
  if (index >= 0) world.startWebhook(index);
  for (const { validator, pod } of world.cluster.running())
    if (pod.agent?.process === process) world.startAgent(validator, pod);
}

/** What befalls processes and their lines to the API server. */
export const processFaults = {
  weather: (world: World): Fault | undefined => {
    const process = anyProcess(world);
    if (!process) return undefined;
    const weather = drawFoulWeather(world.random);
    return {
      what: `foul weather for ${process.name}: ${JSON.stringify(weather)}`,
      begin: () => void (process.line.weather = weather),
      end: () => void (process.line.weather = fairWeather),
    };
  },

  outage: (world: World): Fault => {
    const lines = world.processes().map(({ line }) => line);
    const weather = drawFoulWeather(world.random);
    return {
      what: `foul weather for all: ${JSON.stringify(weather)}`,
      begin: () => lines.forEach((line) => (line.weather = weather)),
      end: () => lines.forEach((line) => (line.weather = fairWeather)),
    };
  },

  /**
   * Nobody may read one of the resources for longer than a picture counts, while all the rest works. A pod moves in the
   * beginning; in the end somebody edits the list, which may tempt the leader to write what it has long had.
   */
  blindness: (world: World): Fault => {
    const { random, time } = world;
    const lines = world.agents().map(({ process }) => process.line);
    const only = random.pick(["StellarNode", "EndpointSlice"]);
    const weather: Weather = { ...fairWeather, partition: random.pick(["refused", "hung"]), only };
    let blind = true;
    const meanwhile = (milliseconds: number, draw: (world: World) => Fault | undefined): void =>
      void time.after(milliseconds, () => {
        if (blind && !world.calm) void world.befall(draw(world));
      });
    return {
      what: `no agent can read ${only} objects: ${weather.partition}`,
      begin: () => {
        lines.forEach((line) => (line.weather = weather));
        meanwhile(random.integer(1_000, 10_000), validatorChanges.restart);
        meanwhile(random.integer(112_000, 150_000), storedFaults.list);
      },
      longest: 200_000,
      end: () => {
        blind = false;
        lines.forEach((line) => (line.weather = fairWeather));
      },
    };
  },

  expiry: (world: World): Fault => ({
    what: "the API server forgets its history",
    begin: () => world.cluster.api.expire(),
  }),

  pause: (world: World): Fault | undefined => {
    const process = anyProcess(world);
    if (!process) return undefined;
    return {
      what: `${process.name} stands still`,
      begin: () => process.clock.pause(),
      end: () => process.clock.resume(),
    };
  },

  kill: (world: World): Fault | undefined => {
    const process = anyProcess(world);
    if (!process) return undefined;
    return {
      what: `${process.name} is killed`,
      begin: () => {
        process.kill();
        restartLater(world, process);
      },
    };
  },

  /** All agents at once, as when an update of theirs goes wrong. */
  fleet: (world: World): Fault => ({
    what: "all agents are killed",
    begin: () => {
      for (const { process } of world.agents()) {
        process.kill();
        restartLater(world, process);
      }
    },
  }),

  /** A node: agent and Core end together, and come back each in its time. */
  reboot: (world: World): Fault | undefined => {
    const running = world.cluster.running();
    if (running.length === 0) return undefined;
    const { pod, validator } = world.random.pick(running);
    return {
      what: `the node of ${validator.name} starts anew`,
      begin: () => {
        pod.agent?.process.kill();
        if (pod.core.running) pod.core.stop();
        world.time.after(world.random.integer(500, 20_000), () => {
          if (validator.pod === pod && !pod.core.running) pod.core.start();
          world.startAgent(validator, pod);
        });
      },
    };
  },

  terminate: (world: World): Fault | undefined => {
    const process = anyProcess(world);
    if (!process) return undefined;
    return {
      what: `${process.name} is asked to end`,
      begin: () => {
        process.terminate();
        world.time.after(15_000, () => restart(world, process));
      },
    };
  },

  wallClock: (world: World): Fault | undefined => {
    const process = anyProcess(world);
    if (!process) return undefined;
    const offset = world.random.integer(-hour, hour);
    return {
      what: `the wall clock of ${process.name} is now ${offset} ms off`,
      begin: () => void (process.clock.wallOffset = offset),
    };
  },

  stuckMount: (world: World): Fault | undefined => {
    const running = world.cluster.running();
    if (running.length === 0) return undefined;
    const { pod, validator } = world.random.pick(running);
    return {
      what: `the kubelet of ${validator.name} brings nothing`,
      begin: () => void (pod.stuck = true),
      end: () => void (pod.stuck = false),
    };
  },

  /** From the API server and from the mounted files at once. */
  cutOff: (world: World): Fault | undefined => {
    const running = world.cluster.running();
    if (running.length === 0) return undefined;
    const { pod, validator } = world.random.pick(running);
    const line = pod.agent?.process.line;
    const partition = world.random.pick(["refused", "hung"] as const);
    return {
      what: `${validator.name} is cut off from everything: ${partition}`,
      begin: () => {
        pod.stuck = true;
        if (line) line.weather = { ...fairWeather, partition };
      },
      end: () => {
        pod.stuck = false;
        if (line) line.weather = fairWeather;
      },
    };
  },
};
