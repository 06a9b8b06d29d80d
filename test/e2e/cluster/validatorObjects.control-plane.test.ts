import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { chooseCore } from "./chooseCore.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";
import { validatorObjects, validatorPodSpec } from "./validatorObjects.ts";

const plane = await useControlPlane(import.meta.url);

describe("a validator of the run on a cluster", { skip: plane.skip }, () => {
  const cores: Readonly<Record<string, ValidatorCore>> = {
    fake: chooseCore("core:1", undefined),
    real: chooseCore("", "stellar-core:1"),
  };

  for (const [kind, core] of Object.entries(cores)) {
    it(`is made of objects that the API server takes, with a ${kind} Core`, async () => {
      const namespace = await plane.namespace(`objects-${kind}`);
      const items = validatorObjects({ namespace, name: "alpha", core, suspended: true });
      const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
      const created = await plane.kubectl(["create", "-f", "-", "-o", "name"], list);
      assert.deepEqual(created.trim().split("\n"), [
        ...(kind === "real" ? ["secret/alpha-core"] : []),
        "stellarnode.stellar.org/alpha",
        "service/alpha",
        "networkpolicy.networking.k8s.io/alpha-netpol",
        "statefulset.apps/alpha",
      ]);
    });

    it(`has a pod that passes Pod Security restricted, with a ${kind} Core`, async () => {
      const namespace = await plane.namespace(`restricted-${kind}`, {
        "pod-security.kubernetes.io/enforce": "restricted",
      });
      const { volumes = [], ...spec } = validatorPodSpec("alpha", core);
      // As the StatefulSet controller adds it for the claim.
      const data = { name: "data", persistentVolumeClaim: { claimName: "data-alpha-0" } };
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { namespace, name: "alpha-0" },
        spec: { ...spec, volumes: [...(volumes as object[]), data] },
      };
      const created = await plane.kubectl(["create", "-f", "-", "-o", "name"], JSON.stringify(pod));
      assert.equal(created.trim(), "pod/alpha-0");
    });
  }
});
