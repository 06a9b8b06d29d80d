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
/** Seconds. */
const warming = 1;

/** One round with a webhook that was started just now: at rest, under each load, and after it. */
export async function measureContender(
  { program, target, ready }: RunningWebhook,
  plan: LoadPlan,
  directory: string,
): Promise<ContenderRound> {
  const ca = join(directory, "ca.crt");
  await writeFile(ca, target.ca);
  await pass(settling);
  const atRest = await program.memory();
  const cells: Cell[] = [];
  for (const [size, review] of plan.reviews) {
    const body = join(directory, `review-${size}.json`);
    await writeFile(body, review);
    const { port, path } = target;
    for (const connections of plan.connections) {
      const before = await program.processorTime();
      const load = { port, path, ca, body, connections, warm: warming, seconds: plan.seconds };
      const result = await runLoad(load);
      const spent = (await program.processorTime()) - before;
      cells.push({ connections, size, processor: spent / result.allCalls, result });
    }
  }
  await pass(settling);
  return { ready, atRest, afterLoad: await program.memory(), cells };
}
