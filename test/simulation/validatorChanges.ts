import type { Fault } from "./Fault.ts";
import type { Validator } from "./Validator.ts";
import type { World } from "./World.ts";

/** Milliseconds that a pod's successor takes to start. */
const slowestStart = 10_000;

function pick(world: World, which: (validator: Validator) => boolean): Validator | undefined {
  const found = world.cluster.validators.filter(which);
  return found.length > 0 ? world.random.pick(found) : undefined;
}

function isThere(world: World, validator: Validator): boolean {
  return world.cluster.validators.includes(validator);
}

/** What people do to StellarNodes and pods. */
export const validatorChanges = {
  create: (world: World): Fault => ({
    what: "a StellarNode is created",
    begin: () => world.createValidator(),
  }),

  delete: (world: World): Fault | undefined => {
    const validator = pick(world, () => true);
    return (
      validator && {
        what: `${validator.name} is deleted`,
        begin: () => world.cluster.delete(validator),
      }
    );
  },

  suspend: (world: World): Fault | undefined => {
    const validator = pick(world, ({ pod }) => pod !== undefined);
    return (
      validator && { what: `${validator.name} is suspended`, begin: () => world.cluster.suspend(validator) }
    );
  },

  resume: (world: World): Fault | undefined => {
    const validator = pick(world, ({ suspended }) => suspended);
    return validator && { what: `${validator.name} goes on`, begin: () => world.cluster.resume(validator) };
  },

  move: (world: World): Fault | undefined => {
    const validator = pick(world, ({ pod }) => pod !== undefined);
    const network = world.random.pick(world.networks());
    if (!validator || validator.network === network) return undefined;
    return {
      what: `${validator.name} moves to ${network.name}`,
      begin: () => world.cluster.move(validator, network),
    };
  },

  /** Nearly all go at once: somebody scaled down the wrong thing, or the operator lost its mind. */
  collapse: (world: World): Fault => {
    const gone: Validator[] = [];
    return {
      what: "most validators are suspended at once",
      begin: async () => {
        for (const { validator } of world.cluster.running())
          if (world.random.chance(0.85)) {
            gone.push(validator);
            await world.cluster.suspend(validator);
          }
      },
      end: async () => {
        if (world.calm) return;
        for (const validator of gone)
          if (isThere(world, validator) && validator.suspended) await world.cluster.resume(validator);
      },
    };
  },

  /** The pod goes, and comes back with another address. */
  restart: (world: World): Fault | undefined => {
    const validator = pick(world, ({ pod }) => pod !== undefined);
    if (!validator) return undefined;
    return {
      what: `the pod of ${validator.name} is made anew`,
      begin: async () => {
        await world.cluster.stopPod(validator);
        const start = async (): Promise<void> => {
          const wanted = isThere(world, validator) && !validator.suspended && !validator.pod;
          if (wanted) await world.cluster.startPod(validator);
        };
        world.starting.add(start);
        world.time.after(world.random.integer(500, slowestStart), () => {
          if (world.starting.delete(start)) void start();
        });
      },
    };
  },
};
