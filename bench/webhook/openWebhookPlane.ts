import { fileURLToPath } from "node:url";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { runTool } from "../../test/control-plane/runTool.ts";
import { startControlPlane } from "../../test/control-plane/startControlPlane.ts";
import type { Plane } from "../../test/e2e/Plane.ts";
import { RealPlane } from "../../test/e2e/RealPlane.ts";

const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));

/** The kind in which pepr's admission controller keeps its state, and which it waits for before it answers. */
const peprStore = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "peprstores.pepr.dev" },
  spec: {
    group: "pepr.dev",
    scope: "Namespaced",
    names: { kind: "PeprStore", plural: "peprstores", singular: "peprstore" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};

/** A kube-apiserver with the chart in `namespace`, and with what pepr needs. */
export async function openWebhookPlane(binaries: string, namespace: string): Promise<Plane> {
  const { running, close } = await startControlPlane(binaries);
  const helm = (args: readonly string[]): Promise<string> => runTool(running, "helm", args, "");
  const plane = new RealPlane({ ...running, helm, chart, close });
  try {
    await plane.installChart(namespace);
    const call = { signal: AbortSignal.timeout(10_000) };
    await plane.api.create<KubeObject>(peprStore, call);
    await plane.api.create<KubeObject>(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "pepr-system" } },
      call,
    );
  } catch (error) {
    await plane.close();
    throw error;
  }
  return plane;
}
