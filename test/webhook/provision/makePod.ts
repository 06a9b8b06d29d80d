import { annotations } from "../../../contract/annotations.ts";
import { labels } from "../../../contract/labels.ts";
import type { ValidatorPod } from "../../../webhook/provision/ValidatorPod.ts";

export interface PodTraits {
  readonly namespace?: string;
  /** Version of its agent; absent: it has none. */
  readonly agent?: string;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly going?: boolean;
  readonly orphan?: boolean;
  /** Its service account. */
  readonly account?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A validator's pod as the API shows it. */
export function makePod(name: string, traits: PodTraits = {}): ValidatorPod {
  const { namespace = "a", agent, ready = true, phase = "Running", going = false, orphan = false } = traits;
  const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "v", uid: "owner", controller: true };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      namespace,
      name,
      uid: `${namespace}/${name}`,
      labels: {
        [labels.nodeType]: "Validator",
        ...(agent && { [labels.injected]: "true" }),
        ...traits.labels,
      },
      ...(agent && { annotations: { [annotations.injectedVersion]: agent } }),
      ...(going && { deletionTimestamp: "2026-01-01T00:00:00Z" }),
      ...(orphan ? {} : { ownerReferences: [owner] }),
    },
    spec: {
      containers: [{ name: "core" }, ...(agent ? [{ name: "peer-agent" }] : [])],
      ...(traits.account && { serviceAccountName: traits.account }),
    },
    status: { phase, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  };
}
