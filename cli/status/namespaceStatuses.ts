import { isDeepStrictEqual } from "node:util";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { isInjected } from "./isInjected.ts";
import type { NamespaceStatus } from "./Status.ts";
import type { PeersConfigMap, StatusObservation } from "./StatusObservation.ts";

/** By the webhook's rule for a pod in an enabled namespace, as far as labels go. */
function isWanted({ metadata }: KubeObject): boolean {
  const wish = metadata.labels?.[labels.injection];
  if (wish !== undefined) return wish === "enabled";
  return metadata.labels?.[labels.nodeType]?.toLowerCase() === "validator";
}

function isBare(pod: KubeObject): boolean {
  return !isInjected(pod) && isWanted(pod) && pod.metadata.deletionTimestamp === undefined;
}

function copyStatus(
  observation: StatusObservation,
  name: string,
): Pick<NamespaceStatus, "copy" | "revision"> {
  const { list, copies, peersNamespace } = observation;
  const find = (namespace: string, all: readonly PeersConfigMap[]): PeersConfigMap | undefined =>
    all.find(({ metadata }) => metadata.namespace === namespace);
  const original = list.state === "seen" ? list.value : undefined;
  const isOriginal = name === peersNamespace;
  if (!isOriginal && copies.state === "unknown") return { copy: "unknown" };
  const own = isOriginal ? original : find(name, copies.state === "seen" ? copies.value : []);
  const revision = own?.data?.[configMapKeys.revision];
  const shown = revision === undefined ? {} : { revision };
  if (isOriginal) return { copy: list.state === "unknown" ? "unknown" : "original", ...shown };
  if (!own) return { copy: "missing" };
  if (!original) return { copy: "unknown", ...shown };
  return { copy: isDeepStrictEqual(own.data, original.data) ? "current" : "behind", ...shown };
}

/** Each enabled namespace with its copy of the list and its pods, by name. */
export function namespaceStatuses(observation: StatusObservation): readonly NamespaceStatus[] {
  const { namespaces, pods } = observation;
  if (namespaces.state !== "seen") return [];
  const all = pods.state === "seen" ? pods.value : [];
  return namespaces.value
    .filter(({ metadata }) => metadata.labels?.[labels.injection] === "enabled")
    .map(({ metadata: { name = "" } }) => {
      const own = all.filter(({ metadata }) => metadata.namespace === name);
      const injectedPods = own.filter(isInjected).length;
      return { name, ...copyStatus(observation, name), injectedPods, barePods: own.filter(isBare).length };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
