import { glob, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Example } from "./Example.ts";
import { readClaims } from "./readClaims.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));

/** What stands above the object's first field. */
function commentAbove(text: string): string {
  const lines = text.trim().split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^#+ ?/, ""))
    .join("\n");
}

/** The files that bring the namespace of another one come first. */
function compare(one: Example, other: Example): number {
  const order = ({ file }: Example): number => (basename(file) === "namespace.yaml" ? 0 : 1);
  return order(one) - order(other) || (one.file < other.file ? -1 : 1);
}

/** Every example, with what its comments claim, in an order in which they can be applied. */
export async function readExamples(): Promise<readonly Example[]> {
  const examples: Example[] = [];
  for await (const file of glob(`${folder}/*.yaml`)) {
    const documents = (await readFile(file, "utf8")).split(/^---$/m);
    const objects = documents.map((text) => ({
      object: parse(text) as KubeObject,
      claims: readClaims(commentAbove(text)),
    }));
    examples.push({ file, objects });
  }
  return examples.sort(compare);
}
