import { glob, readFile } from "node:fs/promises";
import type { CatalogEntry } from "./Catalog.ts";

const files =
  "agent/discover/{planStellarNode,planService,checkNetwork,findEndpoints,resolveAdvertisedAddress}.ts";

/** The reasons for which discovery leaves a validator out: what its pure functions give as `reason`. */
export async function readOmissions(): Promise<readonly CatalogEntry[]> {
  const reasons = new Set<string>();
  for await (const path of glob(files))
    for (const [, reason = ""] of (await readFile(path, "utf8")).matchAll(/reason: "([a-z0-9-]+)"/g))
      reasons.add(reason);
  return [...reasons].map((name) => ({ name }));
}
