import { injectionEnvironment } from "../../webhook/inject/injectionEnvironment.ts";

const settings = Object.entries(injectionEnvironment)
  .map(
    ([name, value]) => `  ${name.padEnd(26)}${value === undefined ? "(must be given)" : value || "(none)"}`,
  )
  .join("\n");

/** What `inject --help` prints. */
export const injectHelp = `Add the peer agent to the pods in YAML manifests, as the webhook would.

Usage: kubectl stellar-peers inject -f FILE --image IMAGE [OPTIONS]

Reads Pods, Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs and CronJobs, also within Lists, and writes all
documents to standard output. Those without a pod to inject come out as they went in. What was done about each pod, or
why nothing was, goes to standard error.

A namespace counts as enabled, unless the same file has it with other labels.

  -f, --filename FILE         The manifests; - is standard input.
      --image IMAGE           The agent's image.
  -n, --namespace NAMESPACE   Of objects that name none (default "default").
      --set NAME=VALUE        One of the webhook's settings, below; may be given again and again.
      --server-version 1.37   The Kubernetes version that the manifests are for (default 1.37).

Example:
  helm template core ./core | kubectl stellar-peers inject -f - --image registry.example/agent:1.0.0 | kubectl apply -f -

Settings, and what each is when not given:
${settings}
`;
