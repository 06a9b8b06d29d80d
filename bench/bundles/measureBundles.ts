import { programs } from "../../scripts/build/programs.ts";
import type { Figure } from "../Figure.ts";
import { weighBundle } from "./weighBundle.ts";

/** Size of each bundle, and of how many modules it is made. */
export async function measureBundles(): Promise<readonly Figure[]> {
  const weights = await Promise.all(
    programs.map(async (program) => ({ of: program.name, ...(await weighBundle(program)) })),
  );
  return [
    ...weights.map(({ of, bytes }) => ({ part: "bundles", what: "size", of, unit: "KB", values: [bytes / 1e3] })),
    ...weights.map(({ of, modules }) => ({ part: "bundles", what: "modules", of, unit: "", values: [modules] })),
  ]; // prettier-ignore
}
