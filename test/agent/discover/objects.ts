import type { KubeObject } from "../../../kube/KubeObject.ts";

export interface NodeShape {
  readonly namespace?: string;
  readonly nodeType?: string;
  readonly network?: unknown;
  readonly passphrase?: string;
  readonly suspended?: unknown;
  readonly advertise?: string;
  readonly status?: unknown;
}

export interface SliceShape {
  readonly namespace?: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly addressType?: string;
  readonly ports?: unknown;
  readonly endpoints?: unknown;
}

export interface EndpointShape {
  readonly pod?: string;
  readonly ready?: boolean;
  readonly terminating?: boolean;
}

export const objects = {
  /** A StellarNode as the operator's users write it. */
  node: (name: string, shape: NodeShape = {}): KubeObject & Readonly<Record<string, unknown>> => {
    const { namespace = "val", nodeType = "Validator", network = "testnet" } = shape;
    return {
      apiVersion: "stellar.org/v1alpha1",
      kind: "StellarNode",
      metadata: {
        name,
        namespace,
        labels: { "project-id": "p", owner: "o" },
        ...(shape.advertise && {
          annotations: { "peer-discovery.stellar.org/advertise-address": shape.advertise },
        }),
      },
      spec: {
        nodeType,
        network,
        version: "v27.1.0",
        validatorConfig: { seedSecretRef: "seed" },
        ...(shape.passphrase && { customNetworkPassphrase: shape.passphrase }),
        ...(shape.suspended !== undefined && { suspended: shape.suspended }),
      },
      ...(shape.status !== undefined && { status: shape.status }),
    };
  },

  endpoint: (ip: string, { pod, ready = true, terminating = false }: EndpointShape = {}): unknown => {
    return {
      addresses: [ip],
      conditions: { ready, serving: ready, terminating },
      ...(pod && { targetRef: { kind: "Pod", name: pod, namespace: "val", uid: `uid-${pod}` } }),
    };
  },

  /** A slice of `service`, as kube-controller-manager makes them. */
  slice: (
    service: string,
    endpoints: unknown,
    shape: SliceShape = {},
  ): KubeObject & Readonly<Record<string, unknown>> => {
    const { namespace = "val", name = `${service}-x1`, labels = {}, addressType = "IPv4" } = shape;
    return {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name, namespace, labels: { "kubernetes.io/service-name": service, ...labels } },
      addressType,
      endpoints,
      ports: shape.ports ?? [
        { name: "http", port: 11_626, protocol: "TCP" },
        { name: "peer", port: 11_625, protocol: "TCP" },
      ],
    };
  },
};
