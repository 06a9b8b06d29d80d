import { fileURLToPath } from "node:url";
import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";

const chart = fileURLToPath(new URL("../../../charts/stellar-peer-discovery", import.meta.url));

/** Installs or upgrades the release for namespaces of the run alone, and waits until its webhook is ready. */
export async function installChart(cluster: Cluster, agentTag: string = clusterNames.tag): Promise<void> {
  const { release, system, label, registry, tag } = clusterNames;
  const values = {
    "image.registry": registry,
    "image.tag": tag,
    "agent.image.registry": registry,
    "agent.image.tag": agentTag,
    [`namespaceSelector.${label}`]: "true",
    "provisioner.networkPolicy.enabled": "true",
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
}
