import { glob, readFile } from "node:fs/promises";
import type { CatalogEntry } from "./Catalog.ts";

/** As a field, or after the Event's type as an argument. */
const pattern = /(?:reason: |"(?:Normal|Warning)",\s*)"([A-Z][A-Za-z]+)"/g;

/** Reasons of the Kubernetes Events that agents and webhook write: literals in the files that know of Events. */
export async function readEventReasons(): Promise<readonly CatalogEntry[]> {
  const reasons = new Set<string>();
  for await (const path of glob("{agent,webhook}/**/*.ts")) {
    const text = await readFile(path, "utf8");
    if (!/\brecord\(|PodEvents?\b|EventNote\b/.test(text)) continue;
    for (const [, reason = ""] of text.matchAll(pattern)) reasons.add(reason);
  }
  return [...reasons].map((name) => ({ name }));
}
