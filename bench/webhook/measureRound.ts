import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import type { Memory } from "../measure/parseMemory.ts";
import type { RunningWebhook } from "./Contender.ts";
import type { LoadResult } from "./load/LoadResult.ts";
import { runLoad } from "./runLoad.ts";

export interface Cell {
  readonly connections: number;
  /** Of the review, in KB. */
  readonly size: number;
  /** Milliseconds of processor time a call. */
  readonly processor: number;
  readonly result: LoadResult;
}

export interface ContenderRound {
  readonly ready: number;
  readonly atRest: Memory;
  readonly afterLoad: Memory;
  readonly cells: readonly Cell[];
}

export interface LoadPlan {
  readonly connections: readonly number[];
  /** A review by its size in KB. */
  readonly reviews: ReadonlyMap<number, Buffer>;
  /** Of each of their combinations. */
  readonly seconds: number;
}

const settling = 4_000;
/** Seconds before each load, in which nothing is counted. */
const warming = 1;
/**
 * One round with webhooks that were started just now: at rest, under each load, and after it. Under each load they take
 * turns, so that what else the machine does meanwhile meets all of them. The first load is made once more beforehand,
 * uncounted: else it alone would meet programs of which little is compiled yet.
 */
export async function measureRound(
  webhooks: readonly RunningWebhook[],
  plan: LoadPlan,
  directory: string,
): Promise<readonly ContenderRound[]> {
  await pass(settling);
  const entrants = await Promise.all(
    webhooks.map(async (webhook) => ({
      webhook,
      atRest: await webhook.program.memory(),
      cells: [] as Cell[],
    })),
  );
  const loads = [...plan.reviews].flatMap(([size, review]) =>
    plan.connections.map((connections) => ({ size, review, connections, seconds: plan.seconds })),
  );
  for (const load of loads.slice(0, 1))
    for (const { webhook } of entrants) await measureCell(webhook, load, directory);
  for (const load of loads)
    for (const { webhook, cells } of entrants) cells.push(await measureCell(webhook, load, directory));
  await pass(settling);
  return Promise.all(
    entrants.map(async ({ webhook: { program, ready }, atRest, cells }) => {
      return { ready, atRest, afterLoad: await program.memory(), cells };
    }),
  );
}

async function measureCell(
  { program, target }: RunningWebhook,
  load: {
    readonly size: number;
    readonly review: Buffer;
    readonly connections: number;
    readonly seconds: number;
  },
  directory: string,
): Promise<Cell> {
  const { size, review, connections, seconds } = load;
  const [ca, body] = [join(directory, "ca.crt"), join(directory, "review.json")];
  await writeFile(ca, target.ca);
  await writeFile(body, review);
  const { port, path } = target;
  const before = await program.processorTime();
  const result = await runLoad({ port, path, ca, body, connections, warm: warming, seconds });
  const spent = (await program.processorTime()) - before;
  return { connections, size, processor: spent / result.allCalls, result };
}
