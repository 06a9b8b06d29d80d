import { labels } from "../../contract/labels.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { chooseInstallation } from "../cluster/chooseInstallation.ts";
import type { ClusterApi } from "../cluster/ClusterApi.ts";
import { deployedSettings } from "../cluster/deployedSettings.ts";
import { observe } from "../cluster/observe.ts";
import { observeInstallations } from "../cluster/observeInstallations.ts";
import type { Observed } from "../cluster/Observed.ts";
import { observeAgents } from "./observeAgents.ts";
import type { PeersConfigMap, StatusObservation, StatusPod, StellarNode } from "./StatusObservation.ts";

export interface StatusQuestion {
  readonly now: number;
  /** Only what is in this one. */
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
}

class StatusReader {
  readonly #api: ClusterApi;
  readonly #signal: AbortSignal;
  /** For the address of a collection: one namespace or all. */
  readonly #scope: { readonly namespace?: string };

  constructor(api: ClusterApi, { namespace, signal }: StatusQuestion) {
    this.#api = api;
    this.#signal = signal;
    this.#scope = namespace === undefined ? {} : { namespace };
  }

  one<T extends KubeObject>(
    apiVersion: string,
    kind: string,
    name: string,
    namespace?: string,
  ): Promise<Observed<T>> {
    const reference = { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return observe(this.#api.get<T>(reference, { signal: this.#signal }));
  }

  async all<T extends KubeObject>(
    collection: Collection,
    metadataOnly = false,
  ): Promise<Observed<readonly T[]>> {
    const listed = await observe(this.#api.list<T>(collection, { signal: this.#signal, metadataOnly }));
    return listed.state === "seen" ? { state: "seen", value: listed.value.items } : listed;
  }

  async namespaces(): Promise<Observed<readonly KubeObject[]>> {
    const { namespace } = this.#scope;
    if (namespace === undefined)
      return this.all({ apiVersion: "v1", kind: "Namespace", labelSelector: `${labels.injection}=enabled` });
    const one = await this.one<KubeObject>("v1", "Namespace", namespace);
    return one.state === "seen" ? { state: "seen", value: [one.value] } : one;
  }

  copies(name: string): Promise<Observed<readonly PeersConfigMap[]>> {
    return this.all({ apiVersion: "v1", kind: "ConfigMap", name, ...this.#scope });
  }

  /** In several questions, since a selector has no "or". */
  async pods(): Promise<Observed<readonly StatusPod[]>> {
    const found = new Map<string, StatusPod>();
    const injected = `${labels.injected}=true`;
    for (const labelSelector of [labels.nodeType, labels.injection, injected]) {
      const collection = { apiVersion: "v1", kind: "Pod", labelSelector, ...this.#scope };
      const listed = await this.all<StatusPod>(collection, labelSelector !== injected);
      if (listed.state !== "seen") return listed;
      for (const pod of listed.value) found.set(pod.metadata.uid ?? "", pod);
    }
    return { state: "seen", value: [...found.values()] };
  }
}

/** Asks the cluster for all that a status depends on. */
export async function observeStatus(api: ClusterApi, question: StatusQuestion): Promise<StatusObservation> {
  const { now, namespace, signal } = question;
  const reader = new StatusReader(api, question);
  const installations = await observeInstallations(api, signal);
  const namespaces = await reader.namespaces();
  const [only] = namespace !== undefined && namespaces.state === "seen" ? namespaces.value : [];
  const settings = deployedSettings(chooseInstallation(installations, only?.metadata.labels ?? {}));
  const { peersNamespace, peersConfigMap, peersLease, discoverySource, discoverySelector } = settings;
  const slices = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    labelSelector: discoverySelector,
  };
  const nodes = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode" };
  const pods = await reader.pods();
  return {
    now,
    peersNamespace,
    peersConfigMap,
    peersLease,
    discoverySource,
    settings,
    ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
    installations,
    list: await reader.one<PeersConfigMap>("v1", "ConfigMap", peersConfigMap, peersNamespace),
    lease: await reader.one<Lease>("coordination.k8s.io/v1", "Lease", peersLease, peersNamespace),
    stellarNodes: await reader.all<StellarNode>(nodes),
    endpointSlices: await reader.all<KubeObject>(slices, true),
    namespaces,
    copies: await reader.copies(peersConfigMap),
    pods,
    agents: await observeAgents(api, pods.state === "seen" ? pods.value : [], signal),
  };
}
