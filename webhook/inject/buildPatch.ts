import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import { agentContainer } from "./agentContainer.ts";
import type { AgentOptions } from "./AgentOptions.ts";
import { agentVolumes } from "./agentVolumes.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";
import type { JsonPatchOperation } from "./JsonPatchOperation.ts";
import type { Pod } from "./Pod.ts";

/** A key as a part of a JSON pointer (RFC 6901, section 3). */
function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A map or list that is missing, or null, is added whole; one that is there gets an entry more. */
function addEntry(path: string, existing: unknown, key: string, value: string): JsonPatchOperation {
  if (existing === undefined || existing === null) return { op: "add", path, value: { [key]: value } };
  return { op: "add", path: `${path}/${escape(key)}`, value };
}

function append(path: string, existing: unknown, items: readonly unknown[]): JsonPatchOperation[] {
  if (existing === undefined || existing === null) return [{ op: "add", path, value: items }];
  return items.map((value) => ({ op: "add", path: `${path}/-`, value }));
}

function markPod(pod: Pod, version: string): JsonPatchOperation[] {
  const marks = {
    label: { [labels.injected]: "true" },
    annotation: { [annotations.injectedVersion]: version },
  };
  if (!pod.metadata)
    return [{ op: "add", path: "/metadata", value: { labels: marks.label, annotations: marks.annotation } }];
  return [
    addEntry("/metadata/labels", pod.metadata.labels, labels.injected, "true"),
    addEntry("/metadata/annotations", pod.metadata.annotations, annotations.injectedVersion, version),
  ];
}

/** The operations that add the agent to a pod: nothing but additions at the end of its lists, and our own two marks. */
export function buildPatch(
  pod: Pod,
  mode: "container" | "native",
  options: AgentOptions,
  settings: InjectionSettings,
): readonly JsonPatchOperation[] {
  const container = agentContainer(pod, mode, options, settings);
  return [
    ...markPod(pod, settings.version),
    ...append("/spec/volumes", pod.spec.volumes, agentVolumes(settings.peersConfigMap)),
    ...(mode === "native"
      ? append("/spec/initContainers", pod.spec.initContainers, [container])
      : append("/spec/containers", pod.spec.containers, [container])),
  ];
}
