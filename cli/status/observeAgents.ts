import { ApiError } from "../../kube/ApiError.ts";
import type { ClusterApi } from "../cluster/ClusterApi.ts";
import type { AgentReport } from "./AgentReport.ts";
import { agentPort } from "./agentPort.ts";
import { hasEnded } from "./hasEnded.ts";
import { isInjected } from "./isInjected.ts";
import { readAgentReport } from "./readAgentReport.ts";
import type { StatusPod } from "./StatusObservation.ts";

/** What came of asking one agent. `detail`: why it could not be asked. */
export type AgentAnswer =
  | { readonly state: "seen"; readonly value: AgentReport }
  | { readonly state: "unreachable" | "forbidden"; readonly detail: string };

/** Agents asked at a time. */
const width = 16;
const deadline = 5_000;

async function ask(api: ClusterApi, pod: StatusPod, signal: AbortSignal): Promise<AgentAnswer> {
  const { namespace = "", name = "" } = pod.metadata;
  try {
    const answer = await api.proxyPod({ namespace, name, port: agentPort(pod) }, "/status", {
      signal,
      deadline,
    });
    const value = readAgentReport(answer);
    return value
      ? { state: "seen", value }
      : { state: "unreachable", detail: "its answer is not an agent's" };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ApiError)) throw error;
    return { state: error.status === 403 ? "forbidden" : "unreachable", detail: error.message };
  }
}

/**
 * Asks the agent of each injected pod that has not ended, through the API server, with the rights of whoever asks (`pods/proxy`). One that
 * does not answer is no failure of the rest. By `namespace/pod`.
 */
export async function observeAgents(
  api: ClusterApi,
  pods: readonly StatusPod[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, AgentAnswer>> {
  const queue = pods.filter((pod) => isInjected(pod) && !hasEnded(pod));
  const answers = new Map<string, AgentAnswer>();
  const work = async (): Promise<void> => {
    for (let pod = queue.shift(); pod; pod = queue.shift())
      answers.set(`${pod.metadata.namespace ?? ""}/${pod.metadata.name ?? ""}`, await ask(api, pod, signal));
  };
  await Promise.all(Array.from({ length: width }, work));
  return answers;
}
