import type { Catalog } from "./Catalog.ts";
import type { MarkdownDocument } from "./MarkdownDocument.ts";

/** A sentence for each name that the code has and the section lacks, or the other way round, and for each wrong default. */
export function checkCatalog(document: MarkdownDocument, { section, entries }: Catalog): readonly string[] {
  const where = `${document.path}, "${section}"`;
  const found = document.sections.find(({ title }) => title === section);
  if (!found) return [`${where}: there is no such section`];
  const rows = new Map(found.rows.flatMap((row) => row.names.map((name) => [name, row.text])));
  const problems: string[] = [];
  for (const { name, value } of entries) {
    const row = rows.get(name);
    rows.delete(name);
    if (row === undefined) problems.push(`${where}: ${name} is missing`);
    else if (value !== undefined && !row.includes(`\`${value}\``))
      problems.push(`${where}: the row of ${name} does not say \`${value}\``);
  }
  return [...problems, ...[...rows.keys()].map((name) => `${where}: the code has no ${name}`)];
}
