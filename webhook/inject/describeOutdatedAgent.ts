import { annotations } from "../../contract/annotations.ts";
import { names } from "../../contract/names.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";
import type { PodContainer, PodMetadata } from "./Pod.ts";
import { readAgentOptions } from "./readAgentOptions.ts";

/** A pod that has an agent, as far as it is read here. */
export interface AgentPod {
  readonly metadata?: PodMetadata | null | undefined;
  /** Absent where only metadata was asked for: then the version alone is compared. */
  readonly spec?: {
    readonly containers: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[] | null | undefined;
  };
}

/** Stands for what can't be seen, as the command line has it. */
const unknown = "unknown";

/**
 * In what a pod's agent differs from the one that it would get if it were made now, as the end of a sentence; undefined
 * if in nothing. Images are compared by tag or digest, not by registry and path: other webhooks rewrite those.
 */
export function describeOutdatedAgent(
  { metadata, spec }: AgentPod,
  settings: InjectionSettings,
): string | undefined {
  const version = metadata?.annotations?.[annotations.injectedVersion] ?? unknown;
  if (settings.version === unknown) return undefined;
  if (version !== settings.version)
    return `was injected by version ${version}, pods made now get ${settings.version}`;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const image = containers.find(({ name }) => name === names.container)?.image ?? "";
  const wanted = readAgentOptions(metadata?.annotations ?? {}, settings).options.image;
  return image === "" || wanted === unknown || sameImage(image, wanted)
    ? undefined
    : `has the image ${image}, pods made now get ${wanted}`;
}

/** Where one is known by its tag and the other by its digest alone, nothing can be said: then they pass for the same. */
function sameImage(one: string, other: string): boolean {
  const [a, b] = [readImage(one), readImage(other)];
  if (a.digest !== undefined && b.digest !== undefined) return a.digest === b.digest;
  return a.tag === undefined || b.tag === undefined || a.tag === b.tag;
}

function readImage(image: string): { readonly tag: string | undefined; readonly digest: string | undefined } {
  const [name = "", digest] = image.split("@");
  const tag = /:([\w][\w.-]*)$/.exec(name)?.[1];
  return { tag: tag ?? (digest === undefined ? "latest" : undefined), digest };
}
