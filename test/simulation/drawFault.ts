import type { Fault } from "./Fault.ts";
import { coreFaults } from "./coreFaults.ts";
import { processFaults } from "./processFaults.ts";
import { storedFaults } from "./storedFaults.ts";
import { validatorChanges } from "./validatorChanges.ts";
import type { World } from "./World.ts";

type Draw = (world: World) => Fault | undefined;

/** How often each kind befalls a world, as parts of the whole. */
const kinds: readonly (readonly [number, Draw])[] = [
  [8, processFaults.weather],
  [2, processFaults.outage],
  [1, processFaults.blindness],
  [2, processFaults.expiry],
  [4, processFaults.pause],
  [3, processFaults.kill],
  [2, processFaults.terminate],
  [1, processFaults.fleet],
  [2, processFaults.reboot],
  [2, processFaults.wallClock],
  [2, processFaults.stuckMount],
  [2, processFaults.cutOff],
  [2, storedFaults.lease],
  [2, storedFaults.list],
  [1, storedFaults.copy],
  [1, storedFaults.loss],
  [2, coreFaults.answers],
  [2, coreFaults.restart],
  [2, coreFaults.stop],
  [2, coreFaults.cut],
  [2, coreFaults.unhealthy],
  [1, coreFaults.forget],
  [1, coreFaults.flap],
  [1, coreFaults.slow],
  [1, coreFaults.otherNetwork],
  [2, validatorChanges.create],
  [2, validatorChanges.delete],
  [2, validatorChanges.suspend],
  [2, validatorChanges.resume],
  [2, validatorChanges.move],
  [3, validatorChanges.restart],
  [1, validatorChanges.collapse],
];

const total = kinds.reduce((sum, [parts]) => sum + parts, 0);

/** The next thing that goes wrong; undefined when what was drawn has nobody to befall. */
export function drawFault(world: World): Fault | undefined {
  let left = world.random.next() * total;
  for (const [parts, draw] of kinds) {
    left -= parts;
    if (left < 0) return draw(world);
  }
  return undefined;
}
