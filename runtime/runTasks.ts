import { NestedAbort } from "./NestedAbort.ts";

/** A loop of the program: runs until its signal aborts. */
export type Task = (signal: AbortSignal) => Promise<void>;

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"))
  );
}

/**
 * Runs the tasks side by side. When one ends, well or not, or `signal` aborts, all are told to end, and this settles
 * once all have. Rejects with the first error that was not the abort itself; a task that ends unasked is an error.
 */
export async function runTasks(tasks: Readonly<Record<string, Task>>, signal: AbortSignal): Promise<void> {
  const group = new NestedAbort(signal);
  const all = group.signal;
  let failure: Error | undefined;
  const run = async (name: string, task: Task): Promise<void> => {
    try {
      await task(all);
      if (!all.aborted) throw new Error(`the ${name} loop ended without being asked to`);
    } catch (error) {
      if (!isAbort(error, all)) failure ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      group.abort();
    }
  };
  await Promise.all(Object.entries(tasks).map(([name, task]) => run(name, task)));
  group.release();
  if (failure) throw failure;
}
