import type { MarkdownDocument, MarkdownSection, TableRow } from "./MarkdownDocument.ts";

/** A heading's anchor by GitHub's rule: lower case, punctuation away, spaces to hyphens. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function uniqueSlug(title: string, taken: Map<string, number>): string {
  const plain = slug(title);
  const count = taken.get(plain) ?? 0;
  taken.set(plain, count + 1);
  return count === 0 ? plain : `${plain}-${count}`;
}

function readRow(line: string): TableRow | undefined {
  if (!line.startsWith("|") || /^\|[\s:|-]+\|$/.test(line)) return undefined;
  const [, first = ""] = line.split(/(?<!\\)\|/);
  return { names: [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name), text: line };
}

function readLinks(line: string): string[] {
  const prose = line.replaceAll(/`[^`]*`/g, "``");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
}

/** Reads a Markdown file; what stands in fenced blocks is neither heading, table nor link. */
export function readMarkdown(path: string, text: string): MarkdownDocument {
  const links: string[] = [];
  const sections: (MarkdownSection & { rows: TableRow[] })[] = [];
  const taken = new Map<string, number>();
  let fenced = false;
  for (const line of text.split("\n")) {
    if (/^\s*```/.test(line)) fenced = !fenced;
    if (fenced) continue;
    links.push(...readLinks(line));
    const title = /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1];
    if (title !== undefined) {
      const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
      sections.push({ title: plain, anchor: uniqueSlug(plain, taken), rows: [] });
    }
    const row = readRow(line);
    if (row) sections.at(-1)?.rows.push(row);
  }
  return { path, links, sections };
}
