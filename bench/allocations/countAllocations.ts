import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** A young generation that holds all calls, so that nothing is collected while they are counted; no compiler that leaves
 * out allocations at moments of its own. */
const flags = [
  "--max-semi-space-size=512",
  "--min-semi-space-size=512",
  "--expose-gc",
  "--no-opt",
  "--no-maglev",
];

/** Bytes that the webhook's handler allocates on the heap for one AdmissionReview of a pod of so many bytes. */
export async function countAllocations(podBytes: number): Promise<number> {
  const script = join(import.meta.dirname, "main.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, String(podBytes)]);
  return Number(stdout);
}
