import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";

const control = await useControlPlane(import.meta.url);

interface Workload extends KubeObject {
  readonly spec: { readonly template?: { readonly spec: object } } & Readonly<Record<string, unknown>>;
}

describe("every pod of the chart", { skip: control.skip }, () => {
  it("passes Pod Security restricted on the real server", async () => {
    const enforced = { "pod-security.kubernetes.io/enforce": "restricted" };
    const namespace = await control.namespace("restricted", enforced);
    const { objects } = await renderChart(control);
    const pods = (objects as readonly Workload[])
      .filter(({ kind }) => kind === "Deployment" || kind === "Pod")
      .map(({ kind, metadata, spec }) => ({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `${metadata.name ?? ""}-${kind.toLowerCase()}`, namespace },
        // The account is the release's, which is elsewhere.
        spec: { ...(spec.template?.spec ?? spec), serviceAccountName: "default" },
      }));
    assert.deepEqual(
      pods.map(({ metadata }) => metadata.name),
      ["stellar-peer-discovery-deployment", "stellar-peer-discovery-test-pod"],
    );
    for (const pod of pods)
      await control.kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(pod));
    const privileged = {
      ...pods[0],
      spec: { containers: [{ name: "a", image: "a", securityContext: { privileged: true } }] },
    };
    await assert.rejects(
      control.kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(privileged)),
      /violates PodSecurity/,
    );
  });
});
