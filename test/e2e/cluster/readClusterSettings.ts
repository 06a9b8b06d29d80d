import type { ClusterSettings } from "./ClusterSettings.ts";

/** The settings, or what is wrong with the environment, as a sentence. */
export function readClusterSettings(environment: NodeJS.ProcessEnv): ClusterSettings | string {
  const { KUBECONFIG, E2E_LOAD, E2E_BUILD, E2E_CORE_IMAGE } = environment;
  if (!KUBECONFIG) return "KUBECONFIG is not set: this changes a cluster, so it takes none by default";
  if (!E2E_LOAD) return "E2E_LOAD is not set: the command that loads an image into the cluster";
  return {
    load: words(E2E_LOAD),
    build: words(E2E_BUILD || "docker build"),
    coreImage: E2E_CORE_IMAGE || undefined,
  };
}

function words(command: string): readonly string[] {
  return command.split(/\s+/).filter((word) => word !== "");
}
