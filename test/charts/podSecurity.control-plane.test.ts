import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";
import { valueSets } from "./valueSets.ts";

const control = await useControlPlane(import.meta.url);

interface Workload extends KubeObject {
  readonly spec: { readonly template?: { readonly spec: object } } & Readonly<Record<string, unknown>>;
}

describe("every pod of the chart", { skip: control.skip }, () => {
  const create = async (objects: unknown): Promise<unknown> =>
    control.kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(objects));

  it("passes Pod Security restricted on the real server, whatever the values", async () => {
    const enforced = { "pod-security.kubernetes.io/enforce": "restricted" };
    const namespace = await control.namespace("restricted", enforced);
    for (const [name, values] of Object.entries(valueSets)) {
      const { objects } = await renderChart(control, { values });
      const pods = (objects as readonly Workload[])
        .filter(({ kind }) => kind === "Deployment" || kind === "Pod")
        .map(({ kind, spec }) => ({
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: kind.toLowerCase(), namespace },
          // The account is the release's, which is elsewhere.
          spec: { ...(spec.template?.spec ?? spec), serviceAccountName: "default" },
        }));
      assert.deepEqual(pods.map(({ metadata }) => metadata.name), ["deployment", "pod"], name); // prettier-ignore
      await create({ apiVersion: "v1", kind: "List", items: pods });
    }
    const privileged = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "privileged", namespace },
      spec: { containers: [{ name: "a", image: "a", securityContext: { privileged: true } }] },
    };
    await assert.rejects(create(privileged), /violates PodSecurity/);
  });
});
