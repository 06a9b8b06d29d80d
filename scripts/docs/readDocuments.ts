import { glob, readFile } from "node:fs/promises";
import { sep } from "node:path";
import type { MarkdownDocument } from "./MarkdownDocument.ts";
import { readMarkdown } from "./readMarkdown.ts";

/** The project's Markdown files, by path. */
export async function readDocuments(): Promise<readonly MarkdownDocument[]> {
  const documents: MarkdownDocument[] = [];
  for await (const path of glob(["*.md", "{bench,charts,docs,examples}/**/*.md"]))
    documents.push(readMarkdown(path.split(sep).join("/"), await readFile(path, "utf8")));
  return documents.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
