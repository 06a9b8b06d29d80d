import { renderFinding } from "../findings/renderFinding.ts";
import type { Explanation } from "./Explanation.ts";

const modes = { container: "an ordinary container", native: "a native sidecar" } as const;

function verdict({ verdict, version, mode, reason }: Explanation): string {
  const how = mode === undefined ? "" : `, as ${modes[mode]}`;
  if (verdict === "injected") return `injected by version ${version ?? "unknown"}${how}`;
  if (verdict === "would-be-injected") return `would be injected by version ${version ?? "unknown"}${how}`;
  return `not injected: ${reason ?? "unknown"}`;
}

/** An explanation for people. */
export function renderExplanation(explanation: Explanation): string {
  const { kind, namespace, name, findings } = explanation;
  const lines = [
    `${kind} ${namespace}/${name}: ${verdict(explanation)}`,
    ...findings.flatMap(renderFinding).map((line) => `  ${line}`),
  ];
  return `${lines.join("\n")}\n`;
}
