import { setTimeout as pass } from "node:timers/promises";
import type { Program } from "../measure/Program.ts";

export interface Rest {
  /** Seconds. */
  readonly ready: number;
  /** MB. */
  readonly resident: number;
  readonly anonymous: number;
  /** Thousandths of a processor. */
  readonly millicores: number;
}

/** So that what a start leaves behind does not count as rest. */
const settling = 15_000;

/** Waits until the program is ready and has settled, then counts for `seconds`. */
export async function measureRest(program: Program, url: string, seconds: number): Promise<Rest> {
  const ready = await program.ready(url);
  await pass(settling);
  const [before, began] = [await program.processorTime(), performance.now()];
  await pass(seconds * 1000);
  const spent = (await program.processorTime()) - before;
  const millicores = (spent / (performance.now() - began)) * 1000;
  return { ready, millicores, ...(await program.memory()) };
}
