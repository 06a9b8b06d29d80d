import { fileURLToPath } from "node:url";
import { eventually } from "../../runtime/eventually.ts";
import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";
import { validatorPodSpec } from "./validatorObjects.ts";

const chart = fileURLToPath(new URL("../../../charts/stellar-peer-discovery", import.meta.url));

export interface ReleaseOptions {
  /** Of the agent's image. */
  readonly agentTag?: string;
  /** Whether the provisioner lets agents reach the API server. */
  readonly networkPolicy?: boolean;
}

/**
 * Installs or upgrades the release for namespaces of the run alone, and waits until pods get what it says: a Service
 * reaches a ready webhook a second later only, and replicas that were replaced answer by connections that stand.
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
  await eventually("pods made now get this agent", 30_000, async () => {
    const { spec } = await cluster.tryPod(probe);
    return spec.containers.some(({ image }) => image.endsWith(`:${agentTag}`));
  });
}

const probe = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    namespace: clusterNames.validators,
    name: "probe",
    labels: { "stellar.org/node-type": "Validator" },
  },
  spec: validatorPodSpec("probe", { image: "core" }),
};
