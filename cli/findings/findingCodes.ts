import { skipReasons } from "../../webhook/inject/skipReasons.ts";

/** The closed list of what `explain` and `status` find, with the webhook's own reasons among it. */
export const findingCodes = {
  ...skipReasons,
  "webhook-missing": "no webhook configuration of this project is in the cluster",
  "ca-bundle-empty": "the API server has no certificate to trust the webhook by",
  "webhook-not-running": "the webhook's Deployment is not there",
  "webhook-not-ready": "no replica of the webhook is ready",
  "webhook-degraded": "replicas of the webhook are missing",
  "namespace-missing": "its namespace does not exist",
  "namespace-not-selected": "its namespace lacks a label that the webhook configuration asks for",
  "created-before-label": "it is older than its namespace's label",
  "created-before-webhook": "it is older than the webhook's configuration",
  "webhook-was-away": "the webhook did not answer when it was created",
  "injection-ended": "it has an agent, and would get none if it were created now",
  "agent-outdated": "its agent is of another version or image than pods made now get",
  "agent-not-running": "its agent does not run",
  "agent-unreachable": "an agent can't be asked for its state",
  "agent-behind": "an agent has not seen the list that is published",
  "core-not-healthy": "a Core does not pass the health gate",
  "peers-unconnected": "a Core is not connected with all planned peers",
  "not-visible": "something may not be read",
  "list-missing": "no list of validators is published",
  "list-invalid": "the published list can't be used",
  "list-edited": "the published list is not what its writer wrote",
  "leader-missing": "no agent is elected",
  "leader-silent": "the elected agent has not renewed its Lease in time",
  "validator-not-listed": "a validator is not in the list",
  "copy-missing": "a namespace has no copy of the list",
  "copy-behind": "a namespace's copy of the list is not the list",
  "pod-not-injected": "a pod of an enabled namespace has no agent",
} as const;

export type FindingCode = keyof typeof findingCodes;
