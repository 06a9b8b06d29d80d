import type { Finding } from "../findings/Finding.ts";
import type { AgentStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";

function ofOne(agent: AgentStatus, revision: string | undefined): readonly Finding[] {
  const { pod } = agent;
  const [namespace = "", name = ""] = pod.split("/");
  const logs = `kubectl logs ${name} -n ${namespace} -c peer-agent`;
  if (!agent.answers)
    return [
      {
        severity: "warning",
        code: "agent-unreachable",
        detail: `${pod}: ${agent.detail}`,
        action: `kubectl describe pod ${name} -n ${namespace}`,
      },
    ];
  const findings: Finding[] = [];
  const { core, seen = "none" } = agent;
  if (core.verdict !== "healthy")
    findings.push({
      severity: "warning",
      code: "core-not-healthy",
      detail: `${pod}: ${core.verdict}, ${core.detail || core.reason}`,
      action: logs,
    });
  if (revision !== undefined && seen !== revision)
    findings.push({
      severity: "warning",
      code: "agent-behind",
      detail: `${pod} has seen ${seen}, and ${revision} is published`,
      action: logs,
    });
  if (agent.connected < agent.planned)
    findings.push({
      severity: "warning",
      code: "peers-unconnected",
      detail: `${pod}: ${agent.connected} of ${agent.planned} planned peers are connected; not ${agent.missing.slice(0, 5).join(", ")}`,
      action: logs,
    });
  return findings;
}

/** What agents' own words show to be wrong. Where none may be asked, that is one finding and not one for each. */
export function agentFindings(
  { agents }: StatusObservation,
  statuses: readonly AgentStatus[],
  revision: string | undefined,
): readonly Finding[] {
  const answers = [...agents.values()];
  const [forbidden] = answers;
  if (forbidden?.state === "forbidden" && answers.every(({ state }) => state === "forbidden"))
    return [
      {
        severity: "note",
        code: "not-visible",
        detail: `agents can't be asked: ${forbidden.detail}`,
        action: "ask for the right to get pods/proxy",
      },
    ];
  return statuses.flatMap((agent) => ofOne(agent, revision));
}
