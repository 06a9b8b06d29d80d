import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../kube/ApiError.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";
import { openNamespace } from "./openNamespace.ts";

kubeApiConformance("MemoryApi", async () => {
  const api = new MemoryApi({ clock: systemClock });
  await openNamespace(api, "suite");
  return {
    api,
    namespace: "suite",
    expire: async () => api.expire(),
    close: async () => undefined,
  };
});

const call = { signal: AbortSignal.timeout(30_000) };
const podIn = (namespace: string, name: string): KubeObject =>
  ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name } },
    spec: { nodeName: "node-1", containers: [{ name: "core", image: "core:1" }] },
  }) as KubeObject;
const reference = (namespace: string, name: string, kind = "Pod") => ({
  apiVersion: "v1",
  kind,
  namespace,
  name,
});

async function open() {
  const clock = new VirtualClock();
  const api = new MemoryApi({ clock });
  await openNamespace(api, "here");
  return { clock, api };
}

test("a namespace takes with it what is in it", async () => {
  const { api } = await open();
  await openNamespace(api, "there");
  await api.create(podIn("here", "a"), call);
  await api.create(podIn("there", "b"), call);
  await api.delete({ apiVersion: "v1", kind: "Namespace", name: "there" }, call);
  const pods = await api.list({ apiVersion: "v1", kind: "Pod" }, call);
  assert.deepEqual(
    pods.items.map(({ metadata }) => metadata.name),
    ["a"],
  );
  await assert.rejects(
    api.create(podIn("there", "c"), call),
    (error) => error instanceof ApiError && error.status === 404,
  );
});

test("a token is good for its time, and for its pod's", async () => {
  const { api, clock } = await open();
  const { metadata } = await api.create(podIn("here", "a"), call);
  const boundPod = { name: "a", uid: metadata.uid ?? "" };
  const account = { namespace: "here", name: "default" };
  const free = await api.createToken(account, { expirationSeconds: 600 }, call);
  const bound = await api.createToken(account, { boundPod, expirationSeconds: 3600 }, call);
  const username = "system:serviceaccount:here:default";
  assert.deepEqual(api.authenticate(free.token), { username });
  assert.deepEqual(api.authenticate(bound.token), { username, pod: boundPod });
  await clock.advance(600_000);
  assert.equal(api.authenticate(free.token), undefined);
  assert.ok(api.authenticate(bound.token));
  await api.delete(reference("here", "a"), { ...call, gracePeriodSeconds: 0 });
  await api.create(podIn("here", "a"), call);
  assert.equal(api.authenticate(bound.token), undefined);
  assert.equal(api.authenticate("made up"), undefined);
});

test("a running pod is evicted only where its budget's status allows", async () => {
  const { api } = await open();
  const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget" };
  const spec = { selector: { matchLabels: { app: "a" } } };
  await api.create({ ...budget, metadata: { name: "budget", namespace: "here" }, spec } as KubeObject, call);
  await api.create(podIn("here", "a"), call);
  await api.setStatus(reference("here", "a"), { phase: "Running" }, call);
  const pod = { namespace: "here", name: "a" };
  await assert.rejects(
    api.evict(pod, call),
    (error) => error instanceof ApiError && error.status === 429 && error.retryAfter === 10_000,
  );
  await api.setStatus({ ...budget, namespace: "here", name: "budget" }, { disruptionsAllowed: 1 }, call);
  await api.evict(pod, call);
  assert.ok((await api.get(reference("here", "a"), call)).metadata.deletionTimestamp);
});

test("what comes back can't be changed, and what was sent may be", async () => {
  const { api } = await open();
  const sent = { ...podIn("here", "a"), spec: { nodeName: "node-1", containers: [{ name: "core" }] } };
  const made = await api.create(sent, call);
  sent.spec.containers.push({ name: "late" });
  const found = await api.get<typeof sent>(reference("here", "a"), call);
  assert.equal(found.spec.containers.length, 1);
  assert.throws(() => made.spec.containers.push({ name: "late" }), TypeError);
});

test("the same calls give the same objects", async () => {
  const worlds = await Promise.all([open(), open()]);
  const made = worlds.map(async ({ api }) => {
    const { name: _name, ...metadata } = podIn("here", "a").metadata;
    return api.create({ ...podIn("here", "a"), metadata: { ...metadata, generateName: "made-" } }, call);
  });
  const [one, other] = await Promise.all(made);
  assert.deepEqual(one, other);
});
