import type { KubeApi } from "../../kube/KubeApi.ts";

/** Creates a namespace with its service account `default`, which a cluster's controllers would make. */
export async function openNamespace(
  api: KubeApi,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  const options = { signal: AbortSignal.timeout(10_000) };
  await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }, options);
  const metadata = { name: "default", namespace: name };
  await api.create({ apiVersion: "v1", kind: "ServiceAccount", metadata }, options);
}
