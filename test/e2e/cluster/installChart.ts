import { fileURLToPath } from "node:url";
import { eventually } from "../../runtime/eventually.ts";
import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";

const chart = fileURLToPath(new URL("../../../charts/stellar-peer-discovery", import.meta.url));

export interface ReleaseOptions {
  /** Of the agent's image. */
  readonly agentTag?: string;
  /** Whether the provisioner lets agents reach the API server. */
  readonly networkPolicy?: boolean;
}

/**
 * Installs or upgrades the release for namespaces of the run alone, and waits until its webhook is ready and replicas
 * that were replaced are gone: until then, by way of a connection that stands, they answer with what they were told.
 */
export async function installChart(
  cluster: Cluster,
  { agentTag = clusterNames.tag, networkPolicy = true }: ReleaseOptions = {},
): Promise<void> {
  const { release, system, label, registry, tag } = clusterNames;
  const values = {
    "image.registry": registry,
    "image.tag": tag,
    "agent.image.registry": registry,
    "agent.image.tag": agentTag,
    [`namespaceSelector.${label}`]: "true",
    "provisioner.networkPolicy.enabled": String(networkPolicy),
  };
  const set = Object.entries(values).flatMap(([name, value]) => [
    name.startsWith("namespaceSelector") ? "--set-string" : "--set",
    `${name}=${value}`,
  ]);
  await cluster.helm(
    "upgrade",
    "--install",
    release,
    chart,
    "-n",
    system,
    "--wait",
    "--timeout=120s",
    ...set,
  );
  await eventually("replaced replicas of the webhook are gone", 40_000, async () =>
    (await cluster.pods(system)).every(({ metadata }) => metadata.deletionTimestamp === undefined),
  );
}
