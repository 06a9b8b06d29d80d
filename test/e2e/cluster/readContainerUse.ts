import type { Cluster } from "./Cluster.ts";

/** What a container's cgroup counts. */
export interface ContainerUse {
  /** Bytes: memory.current, or memory.usage_in_bytes of cgroup v1. */
  readonly usage: number;
  /** Bytes of `usage` that no file backs. */
  readonly anonymous: number;
  /** Processor time since the container's start, in seconds. */
  readonly cpu: number;
  /** When the processor time was read, in milliseconds since 1970. */
  readonly at: number;
}

interface Summary {
  readonly pods: readonly {
    readonly podRef: { readonly namespace: string; readonly name: string };
    readonly containers?: readonly {
      readonly name: string;
      readonly memory?: { readonly usageBytes?: number; readonly rssBytes?: number };
      readonly cpu?: { readonly time: string; readonly usageCoreNanoSeconds?: number };
    }[];
  }[];
}

/**
 * What each pod's container of this name uses, by pod, as the kubelets' Summary API has it: nothing has to run in the
 * container for that. Pods whose kubelet has not looked yet are left out.
 */
export async function readContainerUse(
  cluster: Cluster,
  namespace: string,
  container: string,
): Promise<ReadonlyMap<string, ContainerUse>> {
  interface Nodes {
    readonly items: readonly { readonly metadata: { readonly name: string } }[];
  }
  const { items } = await cluster.get<Nodes>("/api/v1/nodes");
  const found = new Map<string, ContainerUse>();
  for (const { metadata } of items) {
    const { pods } = await cluster.get<Summary>(`/api/v1/nodes/${metadata.name}/proxy/stats/summary`);
    for (const { podRef, containers } of pods) {
      const { memory, cpu } = containers?.find(({ name }) => name === container) ?? {};
      if (podRef.namespace !== namespace || !memory?.usageBytes || !cpu?.usageCoreNanoSeconds) continue;
      found.set(podRef.name, {
        usage: memory.usageBytes,
        anonymous: memory.rssBytes ?? NaN,
        cpu: cpu.usageCoreNanoSeconds / 1e9,
        at: Date.parse(cpu.time),
      });
    }
  }
  return found;
}
