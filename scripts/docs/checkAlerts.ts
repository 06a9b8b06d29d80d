import type { MarkdownDocument } from "./MarkdownDocument.ts";

/** A sentence for each alert without a section of its name, and for each section named like an alert that is none. */
export function checkAlerts(
  { path, sections }: MarkdownDocument,
  alerts: readonly string[],
): readonly string[] {
  const titles = sections.map(({ title }) => title);
  const written = titles.filter((title) => /^StellarPeer\w+$/.test(title));
  return [
    ...alerts.filter((name) => !titles.includes(name)).map((name) => `${path}: alert ${name} has no section`),
    ...written
      .filter((name) => !alerts.includes(name))
      .map((name) => `${path}: the chart has no alert ${name}`),
  ];
}
