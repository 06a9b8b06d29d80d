import { readFile } from "node:fs/promises";
import type { CatalogEntry } from "./Catalog.ts";

/** Paths that these servers' files give a handler to. */
export async function readEndpoints(...files: readonly string[]): Promise<readonly CatalogEntry[]> {
  const texts = await Promise.all(files.map(async (file) => readFile(file, "utf8")));
  return texts
    .flatMap((text) => [...text.matchAll(/\.(?:get|post)\("(\/[a-z]+)"/g)])
    .map(([, name = ""]) => ({ name }));
}
