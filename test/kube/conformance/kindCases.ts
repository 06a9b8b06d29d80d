import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./failure.ts";
import type { Suite } from "./Suite.ts";

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
}
