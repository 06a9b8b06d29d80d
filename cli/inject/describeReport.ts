import { skipReasons } from "../../webhook/inject/skipReasons.ts";
import type { InjectionReport } from "./InjectionReport.ts";

const modes = { container: "an ordinary container", native: "a native sidecar" } as const;

function outcome({ decision }: InjectionReport): string {
  if (decision.action === "inject") return `injected, as ${modes[decision.mode]}`;
  const verdict = decision.action === "reject" ? "the webhook would deny it" : "not injected";
  return `${verdict}: ${decision.reason}: ${skipReasons[decision.reason]} (${decision.detail})`;
}

/** What was done about one pod, a line for each thing to say. */
export function describeReport(report: InjectionReport): readonly string[] {
  const { kind, namespace, name, decision } = report;
  return [
    `${kind} ${namespace}/${name}: ${outcome(report)}`,
    ...decision.warnings.map((warning) => `warning: ${kind} ${namespace}/${name}: ${warning}`),
  ];
}
