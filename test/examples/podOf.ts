import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

interface Template {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly volumes?: readonly unknown[]; readonly containers: readonly unknown[] };
}

type Workload = KubeObject & {
  readonly spec?: {
    readonly template?: Template;
    readonly volumeClaimTemplates?: readonly KubeObject[];
    readonly nodeType?: string;
    readonly network?: string;
  };
};

/** As the operator makes it: Stellar-K8s, August 2026. */
function operatorTemplate({ metadata, spec }: Workload): Template {
  return {
    metadata: {
      labels: {
        "app.kubernetes.io/instance": metadata.name ?? "",
        [labels.nodeType]: spec?.nodeType ?? "",
        [labels.network]: spec?.network ?? "",
      },
    },
    spec: {
      containers: [
        {
          name: "stellar-node",
          image: "stellar/stellar-core:27.1.0",
          ports: [
            { name: "peer", containerPort: 11625 },
            { name: "http", containerPort: 11626 },
          ],
        },
      ],
    },
  };
}

/** A volume for each claim that a StatefulSet makes. */
function claimedVolumes({ metadata: { name: owner = "" }, spec }: Workload): readonly unknown[] {
  return (spec?.volumeClaimTemplates ?? []).map(({ metadata: { name = "" } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${owner}-0` },
  }));
}

/** The first pod that a workload's controller, or a StellarNode's operator, makes; undefined where none makes any. */
export function podOf(workload: Workload): KubeObject | undefined {
  const template = workload.kind === "StellarNode" ? operatorTemplate(workload) : workload.spec?.template;
  if (!template) return undefined;
  const { namespace = "", name = "" } = workload.metadata;
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template.metadata, namespace, name: `${name}-0` },
    spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claimedVolumes(workload)] },
  };
  return pod;
}
