import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import { readPod } from "../../webhook/inject/readPod.ts";

export interface InjectedAgent {
  readonly version: string;
  readonly mode: "container" | "native";
}

/** The agent that a pod has, by its label and its container; undefined when it has none. */
export function readInjectedAgent(object: unknown): InjectedAgent | undefined {
  const pod = readPod(object);
  if (pod?.metadata?.labels?.[labels.injected] !== "true") return undefined;
  const version = pod.metadata.annotations?.[annotations.injectedVersion] ?? "unknown";
  if (pod.spec.containers.some(({ name }) => name === names.container)) return { version, mode: "container" };
  const isNative = pod.spec.initContainers?.some(({ name }) => name === names.container);
  return isNative ? { version, mode: "native" } : undefined;
}
