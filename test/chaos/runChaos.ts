import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../runtime/systemClock.ts";
import { eventually } from "../runtime/eventually.ts";
import { SeededRandom } from "../simulation/SeededRandom.ts";
import { ChaosCluster } from "./ChaosCluster.ts";
import { chaosFaults, type Scene } from "./chaosFaults.ts";
import type { ChaosFault } from "./ChaosFault.ts";
import { findLosses } from "./findLosses.ts";
import { findPresences } from "./findPresences.ts";
import { judgeCores } from "./judgeCores.ts";
import { judgeWrites } from "./judgeWrites.ts";
import { readAuditLog } from "./readAuditLog.ts";
import { Wardens } from "./Wardens.ts";

export interface ChaosOptions {
  /** Folder of etcd and kube-apiserver. */
  readonly binaries: string;
  readonly faults: number;
  readonly seed: number;
  /** Each kind once, in the place of drawing them by how often they come. */
  readonly eachOnce?: boolean;
  /** What the pauses between faults are multiplied with. */
  readonly pace?: number;
  readonly say: (line: string) => void;
}

export interface ChaosOutcome {
  readonly kinds: ReadonlyMap<string, number>;
  /** Writes of the list and of copies that were judged. */
  readonly writes: number;
  /** Milliseconds from the last fault until all was well; undefined when it never was. */
  readonly recovery: number | undefined;
  readonly violations: readonly string[];
}

/** Milliseconds between two faults, for which one lasts, and within which all must be well in the end. */
const pauses = [800, 3_200] as const;
const shortest = 500;
const usuallyLongest = 8_000;
const recovery = 60_000;
const lookPause = 300;

/** Mistreats a real cluster, and says what did not hold. */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const directory = await mkdtemp(join(tmpdir(), "chaos-"));
  const cluster = await ChaosCluster.open(options.binaries, directory);
  const random = new SeededRandom(options.seed);
  const wardens = new Wardens(cluster, random.fork());
  const watching = wardens.run(cluster.signal);
  try {
    let losses: readonly string[] = [];
    const well = async (): Promise<boolean> => {
      losses = await findLosses(cluster).catch((error: unknown) => [String(error)]);
      if (losses.length > 0) await systemClock.sleep(lookPause, cluster.signal);
      return losses.length === 0;
    };
    await eventually("all is well at first", 90_000, well).catch((error: unknown) => {
      throw new Error(`nothing was mistreated yet, and ${losses.join("; ")}`, { cause: error });
    });
    const kinds = await mistreat({ cluster, random, wardens }, options);
    options.say("the faults are over");
    const began = performance.now();
    const healed = await eventually("all is well again", recovery, well).catch(() => false);
    const took = healed ? performance.now() - began : undefined;
    if (!healed) await well();
    const writes = await readAuditLog(join(cluster.control.running.directory, "audit.log"));
    const presences = findPresences(writes, cluster.asks);
    const violations = [...wardens.crashes, ...losses, ...judgeWrites(writes, presences), ...judgeCores(cluster)]; // prettier-ignore
    return { kinds, writes: writes.filter(({ resource }) => resource === "configmaps").length, recovery: took, violations }; // prettier-ignore
  } finally {
    await cluster.close();
    await watching;
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function mistreat(scene: Scene, options: ChaosOptions): Promise<ReadonlyMap<string, number>> {
  const { cluster, random } = scene;
  const kinds = new Map<string, number>();
  const ends: Promise<unknown>[] = [];
  const queue = options.eachOnce ? chaosFaults.map(([, draw]) => draw) : [];
  for (let count = 0; count < options.faults;) {
    await systemClock.sleep(random.integer(...pauses) * (options.pace ?? 1), cluster.signal);
    const fault = await (queue.shift() ?? drawKind(random))(scene);
    if (!fault) continue;
    count += 1;
    kinds.set(fault.kind, (kinds.get(fault.kind) ?? 0) + 1);
    options.say(`${count}. ${fault.what}`);
    ends.push(befall(scene, fault));
  }
  await Promise.allSettled(ends);
  for (const line of cluster.lines.values()) line.mend();
  await scene.wardens.resumed();
  return kinds;
}

function drawKind(random: SeededRandom): (typeof chaosFaults)[number][1] {
  const total = chaosFaults.reduce((sum, [parts]) => sum + parts, 0);
  let left = random.next() * total;
  const drawn = chaosFaults.find(([parts]) => (left -= parts) < 0) ?? chaosFaults[0];
  if (!drawn) throw new RangeError("there are no faults");
  return drawn[1];
}

async function befall({ cluster, random }: Scene, fault: ChaosFault): Promise<void> {
  await fault.begin();
  if (!fault.end) return;
  await systemClock.sleep(random.integer(shortest, fault.longest ?? usuallyLongest), cluster.signal);
  await fault.end();
}
