import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { failure } from "./failure.ts";
import type { Suite } from "./Suite.ts";

interface StellarNode extends KubeObject {
  readonly spec: unknown;
  readonly status?: unknown;
}

/** What single kinds and subresources do. */
export function kindCases(suite: Suite): void {
  test("holds a Lease, with its times as they were written", async () => {
    const spec = {
      holderIdentity: "a/b/c",
      leaseDurationSeconds: 15,
      leaseTransitions: 3,
      renewTime: "2026-01-02T03:04:05.678901Z",
    };
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: "lease", namespace: suite.namespace },
      spec,
    };
    assert.deepEqual((await suite.api.create(lease, suite.call)).spec, spec);
  });

  test("keeps EndpointSlices with their conditions", async () => {
    const slice = {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "slice", namespace: suite.namespace, labels: { "kubernetes.io/service-name": "v0" } },
      addressType: "IPv4",
      endpoints: [
        { addresses: ["10.0.0.1"], conditions: { ready: false, serving: false, terminating: false } },
      ],
      ports: [{ name: "peer", port: 11625, protocol: "TCP" }],
    };
    const made = await suite.api.create(slice, suite.call);
    assert.deepEqual(made.endpoints, slice.endpoints);
    assert.deepEqual(made.ports, slice.ports);
  });

  test("gives out a token for a service account", async () => {
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "account", namespace: suite.namespace },
    };
    await suite.api.create(account, suite.call);
    const { token, expirationTimestamp } = await suite.api.createToken(
      { namespace: suite.namespace, name: "account" },
      { expirationSeconds: 600 },
      suite.call,
    );
    assert.ok(token.length > 0);
    assert.ok(Date.parse(expirationTimestamp) > Date.parse("2020-01-01"));
  });

  test("says NotFound of the eviction of a pod that is not there", async () => {
    const error = await failure(suite.api.evict({ namespace: suite.namespace, name: "gone" }, suite.call));
    assert.deepEqual([error.status, error.reason], [404, "NotFound"]);
  });

  test("counts generations of a StellarNode by its spec, and keeps its status apart", async () => {
    const spec = { nodeType: "Validator", network: "Testnet", version: "v27.1.0" };
    const node: StellarNode = {
      apiVersion: "stellar.org/v1alpha1",
      kind: "StellarNode",
      metadata: { name: "generations", namespace: suite.namespace },
      spec,
      status: { phase: "Running" },
    };
    const reference = suite.reference("generations", node.kind, node.apiVersion);
    const made = await suite.api.create(node, suite.call);
    assert.deepEqual([made.metadata.generation, made.status], [1, undefined]);
    const change = async (body: unknown) =>
      suite.api.patch<StellarNode>(reference, { type: "merge", body }, suite.call);
    const labelled = await change({ metadata: { labels: { a: "1" } }, status: { phase: "Failed" } });
    assert.deepEqual([labelled.metadata.generation, labelled.status], [1, undefined]);
    const suspended = await change({ spec: { suspended: true } });
    assert.deepEqual([suspended.metadata.generation, suspended.spec], [2, { ...spec, suspended: true }]);
  });

  test("knows no strategic merge patch of a custom resource", async () => {
    const reference = suite.reference("any", "StellarNode", "stellar.org/v1alpha1");
    const spec = { nodeType: "Validator", network: "Testnet", version: "v27.1.0" };
    await suite.api.create(
      { ...reference, metadata: suite.configMap("any").metadata, spec } as KubeObject,
      suite.call,
    );
    const error = await failure(
      suite.api.patch(reference, { type: "strategic", body: { spec: { suspended: true } } }, suite.call),
    );
    assert.deepEqual([error.status, error.reason], [415, "UnsupportedMediaType"]);
  });

  test("labels a namespace with its name", async () => {
    const found = await suite.api.get(
      { apiVersion: "v1", kind: "Namespace", name: suite.namespace },
      suite.call,
    );
    assert.equal(found.metadata.labels?.["kubernetes.io/metadata.name"], suite.namespace);
  });

  test("never changes the role of a binding", async () => {
    const apiGroup = "rbac.authorization.k8s.io";
    const binding = {
      apiVersion: `${apiGroup}/v1`,
      kind: "RoleBinding",
      metadata: { name: "role:binding", namespace: suite.namespace },
      roleRef: { apiGroup, kind: "Role", name: "a" },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace: suite.namespace }],
    };
    const made = await suite.api.create(binding, suite.call);
    const roleRef = { ...binding.roleRef, name: "b" };
    const error = await failure(suite.api.update({ ...made, roleRef }, suite.call));
    assert.deepEqual([error.status, error.reason], [422, "Invalid"]);
    const emptied = await suite.api.update({ ...made, subjects: [] }, suite.call);
    assert.deepEqual(emptied.subjects ?? [], []);
  });

  test("keeps a Secret's text as its data", async () => {
    const secret: KubeObject & { readonly data?: unknown; readonly stringData?: unknown } = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "secret", namespace: suite.namespace },
      stringData: { a: "text" },
    };
    const made = await suite.api.create(secret, suite.call);
    assert.deepEqual([made.data, made.stringData], [{ a: "dGV4dA==" }, undefined]);
  });

  test("refuses a Lease whose time has not six digits of a second", async () => {
    const spec = { holderIdentity: "a", renewTime: "2026-01-02T03:04:05Z" };
    const lease = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
    const metadata = { name: "coarse", namespace: suite.namespace };
    const error = await failure(suite.api.create({ ...lease, metadata, spec } as KubeObject, suite.call));
    assert.deepEqual([error.status, error.reason], [400, "BadRequest"]);
  });

  test("never deletes the namespaces that the server itself needs", async () => {
    const error = await failure(
      suite.api.delete({ apiVersion: "v1", kind: "Namespace", name: "kube-system" }, suite.call),
    );
    assert.deepEqual([error.status, error.reason], [403, "Forbidden"]);
  });
}
