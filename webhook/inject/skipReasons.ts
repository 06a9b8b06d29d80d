/** The closed list of reasons for which a pod gets no agent; they stand in logs, metrics and `explain`. */
export const skipReasons = {
  "not-a-pod-creation": "the request is not the creation of a pod",
  "malformed-pod": "it is not a pod that the API server would accept",
  "mirror-pod": "it mirrors a static pod, which the API can't change",
  "system-namespace": "nothing is injected into Kubernetes's own namespaces",
  "namespace-not-enabled": "its namespace has no label that enables injection",
  "pod-disabled": "its label disables injection",
  "already-injected": "it has an agent",
  "invalid-label": "its injection label is neither enabled nor disabled",
  "not-a-validator": "it is no validator, and its label doesn't enable injection",
  "windows-pod": "the agent runs on Linux only",
  "container-name-taken": "it has a container of the agent's name that is not the agent",
  "volume-name-taken": "it has a volume of one of the agent's names",
  "invalid-annotation": "an annotation that sets the agent is wrong or unknown",
  "health-port-taken": "another container has the agent's port",
  "native-sidecar-unsupported": "it is meant to end, and the server has no native sidecars",
  "internal-error": "the webhook failed",
} as const;

export type SkipReason = keyof typeof skipReasons;
