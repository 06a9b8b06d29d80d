import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { names } from "../../../contract/names.ts";
import { parseQuantity } from "../../../webhook/inject/parseQuantity.ts";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import type { Pod } from "../../../webhook/inject/Pod.ts";
import { qosClass } from "../../../webhook/inject/qosClass.ts";
import { arbitraryPods } from "./arbitraryPods.ts";
import { injectionContext } from "./injectionContext.ts";
import { patchPod } from "./patchPod.ts";

const runs = { numRuns: 2000 };
const modes = fc.constantFrom("auto" as const, "native" as const, "container" as const);
const contexts = fc
  .record({ sidecarMode: modes, minor: fc.constantFrom(28, 29, 37), rejectInvalid: fc.boolean() })
  .map(({ sidecarMode, minor, rejectInvalid }) =>
    injectionContext({ settings: { sidecarMode, rejectInvalid }, server: { minor } }),
  );

type Named = { readonly name: string; readonly [field: string]: unknown };
interface Parts {
  metadata: { labels?: Record<string, string> | null; annotations?: Record<string, string> | null };
  spec: {
    containers: Named[];
    initContainers?: Named[] | null;
    volumes?: Named[] | null;
    [field: string]: unknown;
  };
}

/** What other webhooks do to a pod between two calls. */
const changes: readonly ((pod: Parts) => void)[] = [
  (pod) => pod.spec.containers.unshift({ name: "mesh-proxy", image: "registry.example/proxy" }),
  (pod) => (pod.spec.containers = pod.spec.containers.toReversed()),
  (pod) => (pod.spec.initContainers = [{ name: "mesh-init" }, ...(pod.spec.initContainers ?? [])]),
  (pod) => (pod.spec.volumes = [{ name: "mesh" }, ...(pod.spec.volumes ?? [])]),
  (pod) => (pod.metadata.labels = { ...pod.metadata.labels, mesh: "true" }),
  (pod) => (pod.metadata.annotations = { ...pod.metadata.annotations, "mesh.example/status": "injected" }),
  (pod) => (pod.spec.containers = pod.spec.containers.map((one) => ({ ...one, env: [{ name: "TZ" }] }))),
  (pod) => (pod.spec["restartPolicy"] = "Never"),
];

/** The pod without what is ours; lists and maps that are empty then count as absent. */
function withoutOurs(pod: unknown): unknown {
  const copy = structuredClone(pod) as Parts;
  const notOurs = (one: Named): boolean =>
    ![names.container, names.peersVolume, names.tokenVolume].some((name) => name === one.name);
  delete copy.metadata.labels?.["peer-discovery.stellar.org/injected"];
  delete copy.metadata.annotations?.["peer-discovery.stellar.org/injected-version"];
  const lists = copy.spec as Record<string, unknown>;
  for (const list of ["containers", "initContainers", "volumes"])
    lists[list] = ((lists[list] ?? []) as Named[]).filter((one) => notOurs(one));
  copy.metadata.labels ??= {};
  copy.metadata.annotations ??= {};
  return copy;
}

describe("planInjection", () => {
  test("only adds, and leaves all that the pod had as it was", () => {
    fc.assert(
      fc.property(arbitraryPods, contexts, (pod, context) => {
        const before = structuredClone(pod);
        const decision = planInjection(pod, context);
        assert.deepEqual(pod, before);
        if (decision.action !== "inject") return;
        assert.ok(decision.patch.every(({ op }) => op === "add"));
        assert.deepEqual(withoutOurs(patchPod(pod, decision)), withoutOurs(pod));
      }),
      runs,
    );
  });

  test("changes nothing when it is called again, whatever other webhooks did in between", () => {
    fc.assert(
      fc.property(arbitraryPods, contexts, fc.array(fc.constantFrom(...changes)), (pod, context, later) => {
        const decision = planInjection(pod, context);
        const patched = patchPod(pod, decision) as Parts;
        if (decision.action !== "inject") return;
        for (const change of later) change(patched);
        const again = planInjection(patched, context);
        assert.equal(again.action === "inject" ? "inject" : again.reason, "already-injected");
      }),
      runs,
    );
  });

  test("never changes the QoS class, and never limits below a request", () => {
    fc.assert(
      fc.property(arbitraryPods, contexts, (pod, context) => {
        const decision = planInjection(pod, context);
        if (decision.action !== "inject") return;
        const patched = patchPod(pod, decision) as Pod;
        assert.equal(qosClass(patched), qosClass(pod as unknown as Pod));
        const agent = patched.spec.containers.find(({ name }) => name === names.container);
        for (const [name, limit] of Object.entries(agent?.resources?.limits ?? {})) {
          const request = agent?.resources?.requests?.[name] ?? "0";
          assert.ok((parseQuantity(String(request)) ?? 0) <= (parseQuantity(String(limit)) ?? 0));
        }
      }),
      runs,
    );
  });

  test("takes anything for a pod without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const decision = planInjection(value, injectionContext());
        assert.equal(decision.action, "skip");
      }),
      runs,
    );
  });

  test("gives a reason and a sentence whenever it does not inject", () => {
    fc.assert(
      fc.property(arbitraryPods, contexts, (pod, context) => {
        const decision = planInjection(pod, context);
        if (decision.action === "inject") return;
        assert.ok(decision.reason.length > 0 && decision.detail.length > 0);
      }),
      runs,
    );
  });

  test("works on a workload's pod template that has no metadata", () => {
    const template = { spec: { containers: [{ name: "core" }] } };
    const decision = planInjection(template, injectionContext());
    assert.equal(decision.action === "skip" && decision.reason, "not-a-validator");
  });

  test("mounts the token in the agent alone", () => {
    const pod = {
      metadata: { labels: { "stellar.org/node-type": "Validator" } },
      spec: { automountServiceAccountToken: false, containers: [{ name: "core" }, { name: "other" }] },
    };
    const patched = patchPod(pod, planInjection(pod, injectionContext())) as Parts;
    const mounting = patched.spec.containers.filter((one) => JSON.stringify(one).includes(names.tokenVolume));
    assert.deepEqual(
      mounting.map(({ name }) => name),
      [names.container],
    );
  });
});
