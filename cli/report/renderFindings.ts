import type { Finding } from "../findings/Finding.ts";
import { findingCodes } from "../findings/findingCodes.ts";
import { escapeXml } from "../graph/escapeXml.ts";

/** Of one kind; more are folded away, so that what follows is not far down. */
const shown = 5;

function item({ action, detail }: Finding): string {
  const what = action === undefined ? "" : `<br><span class="action">${escapeXml(action)}</span>`;
  return `<li>${escapeXml(detail)}${what}</li>`;
}

function group(findings: readonly Finding[]): string {
  const [first] = findings;
  if (!first) return "";
  const list = `<ul>\n${findings.map(item).join("\n")}\n</ul>`;
  const folded =
    findings.length <= shown ? list : `<details><summary>${findings.length} times</summary>${list}</details>`;
  return `<li class="${first.severity}"><strong>${escapeXml(findingCodes[first.code])}</strong>${folded}</li>`;
}

/** What is wrong, by kind, in the order in which the kinds come; empty when there is nothing to say. */
export function renderFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const groups = Map.groupBy(findings, ({ code, severity }) => `${severity} ${code}`);
  return `<section><h2>Findings</h2><ul class="findings">\n${[...groups.values()].map(group).join("\n")}\n</ul></section>`;
}
