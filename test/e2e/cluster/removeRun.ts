import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";

const { label, release, system } = clusterNames;

/** Removes what a run made, this one or an earlier one that was interrupted; resolves with what it found. */
export async function removeRun(cluster: Cluster): Promise<readonly string[]> {
  const releases = JSON.parse(await cluster.helm("list", "-n", system, "--all", "-o", "json")) as readonly {
    readonly name: string;
  }[];
  const found: string[] = [];
  if (releases.some(({ name }) => name === release)) {
    await cluster.helm("uninstall", release, "-n", system, "--wait", "--timeout=60s");
    found.push(`release ${release}`);
  }
  const namespaces = await cluster.kubectl("get", "namespaces", "-l", `${label}=true`, "-o", "name");
  found.push(...namespaces.split("\n").filter((line) => line !== ""));
  await cluster.kubectl(
    "delete",
    "namespaces",
    "-l",
    `${label}=true`,
    "--ignore-not-found",
    "--timeout=100s",
  );
  const definitions = ["delete", "customresourcedefinitions", "-l", `${label}=true`, "--ignore-not-found"];
  await cluster.kubectl(...definitions);
  return found;
}
