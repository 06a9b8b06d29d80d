import { labels } from "../../contract/labels.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { ApiError } from "../../kube/ApiError.ts";
import { Reflector } from "../../kube/Reflector.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { systemRandom } from "../../runtime/systemRandom.ts";

interface StellarNode extends KubeObject {
  readonly spec: { readonly nodeType: string; readonly network: string; readonly suspended?: boolean };
}

interface Pod extends KubeObject {
  readonly spec: unknown;
}

/** What one validator's pod is given: an address in the cluster, and the local ports that stand for its containers. */
export interface PodPlace {
  readonly ip: string;
  readonly peerPort: number;
  readonly coreHttpPort: number;
  readonly healthPort: number;
}

/**
 * Plays the parts of a cluster that turn a StellarNode into a running validator: the operator, which makes a pod and
 * a Service NAME, and the endpoint slice controller. A suspended node has neither pod nor endpoints.
 */
export class Operator {
  readonly #api: KubeApi;
  readonly #node: string;
  readonly #namespace: string;
  readonly #place: (namespace: string, pod: string) => Promise<PodPlace>;
  readonly #places = new Map<string, PodPlace>();
  readonly #nodes: Reflector<StellarNode>;
  readonly #changed = new Notifier();

  constructor(options: {
    readonly api: KubeApi;
    /** The node that pods are bound to. */
    readonly node: string;
    readonly namespace: string;
    readonly place: (namespace: string, pod: string) => Promise<PodPlace>;
  }) {
    this.#api = options.api;
    this.#node = options.node;
    this.#namespace = options.namespace;
    this.#place = options.place;
    this.#nodes = new Reflector<StellarNode>({
      api: options.api,
      clock: systemClock,
      random: systemRandom,
      collection: { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode", namespace: options.namespace },
      maxAge: 30_000,
      onChange: () => this.#changed.notify(),
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#nodes.run(signal), this.#reconcileForever(signal)]);
  }

  async #reconcileForever(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#changed.wait(systemClock, 60_000, signal);
      for (const node of this.#nodes.items().values()) await this.#reconcile(node, signal);
    }
  }

  async #reconcile(node: StellarNode, signal: AbortSignal): Promise<void> {
    const name = node.metadata.name ?? "";
    const pod = `${name}-0`;
    const place = this.#places.get(pod) ?? (await this.#place(this.#namespace, pod));
    this.#places.set(pod, place);
    if (node.spec.suspended === true) {
      await this.#remove("v1", "Pod", pod, signal);
      await this.#remove("discovery.k8s.io/v1", "EndpointSlice", `${name}-peers`, signal);
      return;
    }
    const uid = (await this.#createPod(node, pod, place, signal)).metadata.uid ?? "";
    await this.#createSlice(node, pod, uid, place, signal);
  }

  async #createPod(node: StellarNode, pod: string, place: PodPlace, signal: AbortSignal): Promise<Pod> {
    const reference = { apiVersion: "v1", kind: "Pod", namespace: this.#namespace, name: pod };
    try {
      return await this.#api.get<Pod>(reference, { signal });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
    return this.#api.create<Pod>(
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          namespace: this.#namespace,
          name: pod,
          labels: {
            "app.kubernetes.io/name": "stellar-node",
            "app.kubernetes.io/instance": node.metadata.name ?? "",
            "app.kubernetes.io/component": "validator",
            "app.kubernetes.io/managed-by": "stellar-operator",
            [labels.nodeType]: "Validator",
            [labels.network]: node.spec.network.toLowerCase(),
          },
          annotations: {
            "peer-discovery.stellar.org/core-http-port": String(place.coreHttpPort),
            "peer-discovery.stellar.org/core-peer-port": String(place.peerPort),
            "peer-discovery.stellar.org/health-port": String(place.healthPort),
          },
        },
        spec: {
          nodeName: this.#node,
          containers: [
            {
              name: "stellar-node",
              image: "stellar/stellar-core:27.1.0",
              ports: [
                { name: "peer", containerPort: place.peerPort },
                { name: "http", containerPort: 11626 },
              ],
            },
          ],
        },
      },
      { signal },
    );
  }

  async #createSlice(
    node: StellarNode,
    pod: string,
    uid: string,
    place: PodPlace,
    signal: AbortSignal,
  ): Promise<void> {
    const name = node.metadata.name ?? "";
    await this.#create(
      {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: {
          namespace: this.#namespace,
          name: `${name}-peers`,
          labels: {
            [labels.serviceName]: name,
            [labels.nodeType]: "Validator",
            [labels.network]: node.spec.network.toLowerCase(),
          },
        },
        addressType: "IPv4",
        ports: [{ name: "peer", port: place.peerPort, protocol: "TCP" }],
        endpoints: [
          {
            addresses: [place.ip],
            conditions: { ready: false, serving: false, terminating: false },
            targetRef: { kind: "Pod", namespace: this.#namespace, name: pod, uid },
          },
        ],
      } as KubeObject,
      signal,
    );
  }

  async #create(object: KubeObject, signal: AbortSignal): Promise<void> {
    try {
      await this.#api.create(object, { signal });
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === "AlreadyExists")) throw error;
    }
  }

  async #remove(apiVersion: string, kind: string, name: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#api.delete(
        { apiVersion, kind, namespace: this.#namespace, name },
        { signal, gracePeriodSeconds: 0 },
      );
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }
}
