import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { MarkdownDocument } from "./MarkdownDocument.ts";

/** A sentence for each link to a file that is not there, or to a heading that its file lacks. Web addresses are not asked. */
export function checkLinks(documents: readonly MarkdownDocument[], root: string): readonly string[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const problems: string[] = [];
  for (const { path, links } of documents) {
    for (const link of links) {
      if (/^[a-z]+:/.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(root, target))) problems.push(`${path}: ${link} leads to no file`);
      else if (anchor !== undefined && !byPath.get(target)?.sections.some((one) => one.anchor === anchor))
        problems.push(`${path}: ${link} leads to no heading`);
    }
  }
  return problems;
}
