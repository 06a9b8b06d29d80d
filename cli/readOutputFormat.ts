import { UsageError } from "./UsageError.ts";

/** `-o`: text for people when absent. @throws UsageError */
export function readOutputFormat(given: string | undefined): "text" | "json" {
  if (given === undefined) return "text";
  if (given === "json") return "json";
  throw new UsageError(`-o ${given}: must be json, or left out`);
}
