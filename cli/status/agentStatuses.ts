import type { AgentStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";

/** Each injected pod with what its agent says, by namespace and name. */
export function agentStatuses({ agents }: StatusObservation): readonly AgentStatus[] {
  return [...agents]
    .map(([pod, answer]): AgentStatus => {
      if (answer.state !== "seen") return { pod, answers: false, detail: answer.detail };
      const { peers, ...report } = answer.value;
      const planned = peers.filter((peer) => peer.planned);
      return {
        pod,
        answers: true,
        ...report,
        planned: planned.length,
        connected: planned.filter(({ state }) => state === "connected").length,
        missing: planned.filter(({ state }) => state !== "connected").map(({ peerString }) => peerString),
      };
    })
    .toSorted((a, b) => (a.pod < b.pod ? -1 : 1));
}
