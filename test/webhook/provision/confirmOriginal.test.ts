import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { confirmOriginal } from "../../../webhook/provision/confirmOriginal.ts";
import { planLease } from "../../../webhook/provision/planLease.ts";
import type { ProvisionObservation } from "../../../webhook/provision/ProvisionObservation.ts";
import { MemoryApi } from "../../memory-api/MemoryApi.ts";
import { openNamespace } from "../../memory-api/openNamespace.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";

const settings = {
  peersNamespace: "stellar-system",
  peersConfigMap: "stellar-peers",
  peersLease: "stellar-peers",
  roles: { agent: "agent", agentInNamespace: "agent" },
  apiPorts: [],
} as unknown as Parameters<typeof planLease>[1];

function list(revision: string): KubeObject {
  const metadata = { namespace: "stellar-system", name: "stellar-peers" };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { revision } } as KubeObject;
}

const nothing: ProvisionObservation = {
  namespaces: [],
  accounts: [],
  original: list("3.9"),
  remembered: undefined,
  leasePresent: false,
  injected: [],
  networkPolicies: [],
  copies: [],
  originalAge: 0,
  originalUnchangedFor: 0,
  bindings: [],
};

function epochOf(observed: ProvisionObservation | undefined): unknown {
  assert.ok(observed);
  const [action] = planLease(observed, settings);
  return (action?.object as { readonly spec?: { readonly leaseTransitions?: number } } | undefined)?.spec
    ?.leaseTransitions;
}

test("a Lease that is made anew goes on from the epoch that the list has, not from the one that a watch showed", async () => {
  const { signal } = new AbortController();
  const api = new MemoryApi({ clock: new VirtualClock() });
  await openNamespace(api, "stellar-system");
  await api.create(list("4.1"), { signal });
  assert.equal(epochOf(nothing), 3);
  assert.equal(epochOf(await confirmOriginal(api, nothing, settings, signal)), 4);
});

test("a list that is gone is waited for until the watch knows", async () => {
  const { signal } = new AbortController();
  const api = new MemoryApi({ clock: new VirtualClock() });
  await openNamespace(api, "stellar-system");
  assert.equal(await confirmOriginal(api, nothing, settings, signal), undefined);
  const known = { ...nothing, original: undefined, remembered: list("4.1") };
  assert.equal(await confirmOriginal(api, known, settings, signal), known);
});
