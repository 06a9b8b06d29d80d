import { readFile } from "node:fs/promises";
import type { CatalogEntry } from "./Catalog.ts";

/** The words of a union of string literals that follows this text in a file. Throws when the file lacks it. */
export async function readUnion(path: string, before: string): Promise<readonly CatalogEntry[]> {
  const text = (await readFile(path, "utf8")).replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\s+/g, " ");
  const [, after] = text.split(before);
  if (after === undefined) throw new Error(`${path} has no "${before}"`);
  const union = after.slice(0, after.indexOf(";"));
  return [...union.matchAll(/"([a-z-]+)"/g)].map(([, word = ""]) => ({ name: word }));
}
