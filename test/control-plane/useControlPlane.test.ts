import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { useControlPlane } from "./useControlPlane.ts";

const control = await useControlPlane(import.meta.url);

describe("the control plane for tests", { skip: control.skip }, () => {
  it("answers kubectl, which sees the StellarNode resource", async () => {
    const version = JSON.parse(await control.kubectl(["version", "-o", "json"])) as {
      serverVersion: { gitVersion: string };
    };
    assert.match(version.serverVersion.gitVersion, /^v1\.37\./);
    assert.match(await control.kubectl(["api-resources", "--api-group=stellar.org"]), /stellarnodes\s+sn\s/);
  });

  it("stores StellarNodes of every shape of network", async () => {
    const namespace = await control.namespace("shapes");
    for (const [name, network] of [
      ["text", "Testnet"],
      ["object", { custom: "mynet" }],
    ] as const) {
      const node = {
        apiVersion: "stellar.org/v1alpha1",
        kind: "StellarNode",
        metadata: { name, namespace },
        spec: { nodeType: "Validator", network, version: "v27.1.0", later: { unknown: true } },
      };
      await control.kubectl(["create", "-f", "-"], JSON.stringify(node));
      const stored = JSON.parse(
        await control.kubectl(["get", "sn", name, "-n", namespace, "-o", "json"]),
      ) as {
        spec: unknown;
      };
      assert.deepEqual(stored.spec, node.spec);
    }
  });

  it("gives a namespace a service account, so that pods can be made and tokens bound to them", async () => {
    const namespace = await control.namespace("pods", { team: "a" });
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "v0", namespace },
      spec: { nodeName: "node", containers: [{ name: "core", image: "core" }] },
    };
    await control.kubectl(["create", "-f", "-"], JSON.stringify(pod));
    const bound = ["--bound-object-kind=Pod", "--bound-object-name=v0"];
    const token = await control.kubectl(["create", "token", "default", "-n", namespace, ...bound]);
    const credentials = await control.connection(token.trim()).credentials();
    assert.match(credentials.headers["authorization"] ?? "", /^Bearer ey/);
    const me = await control.kubectl(["auth", "whoami", `--token=${token.trim()}`, "-o", "json"]);
    assert.match(me, /authentication\.kubernetes\.io\/pod-uid/);
  });

  it("has helm, and says what a tool complains of", async () => {
    assert.match(await control.helm(["version", "--short"]), /^v4\./);
    await assert.rejects(control.kubectl(["get", "pod", "none"]), /"none" not found/);
  });

  it("has the admission of webhooks and of policies", async () => {
    const kinds = await control.kubectl(["api-resources", "--api-group=admissionregistration.k8s.io"]);
    assert.match(kinds, /mutatingwebhookconfigurations/);
    assert.match(kinds, /validatingadmissionpolicybindings/);
  });
});
