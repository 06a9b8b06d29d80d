import { labels } from "../../../contract/labels.ts";
import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";

const { label, release, system } = clusterNames;

/** Removes what a run made, this one or an earlier one that was interrupted; resolves with what it found. */
export async function removeRun(cluster: Cluster): Promise<readonly string[]> {
  const uninstall = ["uninstall", release, "-n", system, "--ignore-not-found", "--wait", "--timeout=60s"];
  await cluster.helm(...uninstall);
  const namespaces = await cluster.kubectl("get", "namespaces", "-l", `${label}=true`, "-o", "name");
  await cluster.kubectl(
    "delete",
    "namespaces",
    "-l",
    `${label}=true`,
    "--ignore-not-found",
    "--timeout=100s",
  );
  // The provisioner's, which are the cluster's and not the release's.
  const bindings = ["-l", `${labels.provisionedFor}=${system}`, "--ignore-not-found"];
  await cluster.kubectl("delete", "clusterrolebindings", ...bindings);
  const definitions = ["delete", "customresourcedefinitions", "-l", `${label}=true`, "--ignore-not-found"];
  await cluster.kubectl(...definitions);
  return namespaces.split("\n").filter((line) => line !== "");
}
