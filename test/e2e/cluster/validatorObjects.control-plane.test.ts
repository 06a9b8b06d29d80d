import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { validatorObjects, validatorPodSpec } from "./validatorObjects.ts";

const plane = await useControlPlane(import.meta.url);

describe("a validator of the run on a cluster", { skip: plane.skip }, () => {
  it("is made of objects that the API server takes", async () => {
    const namespace = await plane.namespace("objects");
    const items = validatorObjects({ namespace, name: "alpha", image: "core:1", suspended: true });
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    const created = await plane.kubectl(["create", "-f", "-", "-o", "name"], list);
    assert.deepEqual(created.trim().split("\n"), [
      "stellarnode.stellar.org/alpha",
      "service/alpha",
      "networkpolicy.networking.k8s.io/alpha-netpol",
      "statefulset.apps/alpha",
    ]);
  });

  it("has a pod that passes Pod Security restricted", async () => {
    const namespace = await plane.namespace("restricted", {
      "pod-security.kubernetes.io/enforce": "restricted",
    });
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace, name: "alpha-0" },
      spec: validatorPodSpec("core:1"),
    };
    const created = await plane.kubectl(["create", "-f", "-", "-o", "name"], JSON.stringify(pod));
    assert.equal(created.trim(), "pod/alpha-0");
  });
});
