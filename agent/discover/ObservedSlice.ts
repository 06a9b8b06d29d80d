import type { ObservedNetwork } from "./ObservedNetwork.ts";

export interface ObservedEndpoint {
  /** The first address: the others of an endpoint mean the same (Kubernetes 1.37, discovery/v1 Endpoint.addresses). */
  readonly address: string;
  readonly terminating: boolean;
  /** Name of the pod behind it, from targetRef. */
  readonly pod: string | undefined;
}

/** What the agent asks of an EndpointSlice (discovery.k8s.io/v1). */
export interface ObservedSlice {
  readonly namespace: string;
  readonly name: string;
  /** Name of the Service that it belongs to. */
  readonly service: string;
  /** `IPv4`, `IPv6` or `FQDN`. */
  readonly addressType: string;
  /** Number of the port on which Core listens for peers. */
  readonly port: number | undefined;
  /** From the Service's labels, which every slice of it carries. */
  readonly nodeType: string | undefined;
  readonly network: ObservedNetwork | undefined;
  readonly advertise: string | undefined;
  readonly endpoints: readonly ObservedEndpoint[];
}
