import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

type Service = KubeObject & {
  readonly spec?: { readonly ports?: readonly { readonly name?: string; readonly port: number }[] };
};

/** The slice that Kubernetes makes for a Service with one pod, NAME-0. */
export function sliceOf({ metadata, spec }: Service): KubeObject {
  const { namespace = "", name = "", labels: own } = metadata;
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { namespace, name: `${name}-1`, labels: { ...own, [labels.serviceName]: name } },
    addressType: "IPv4",
    ports: (spec?.ports ?? []).map(({ name: port, port: number }) => ({ name: port, port: number })),
    endpoints: [
      {
        addresses: ["10.1.2.3"],
        conditions: { ready: false },
        targetRef: { kind: "Pod", namespace, name: `${name}-0` },
      },
    ],
  };
  return slice;
}
