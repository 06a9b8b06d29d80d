import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClusterPod } from "../../../cli/explain/ClusterPod.ts";
import { explainPod } from "../../../cli/explain/explainPod.ts";
import type { PodObservation } from "../../../cli/explain/PodObservation.ts";
import { renderExplanation } from "../../../cli/explain/renderExplanation.ts";
import { annotations } from "../../../contract/annotations.ts";
import { labels } from "../../../contract/labels.ts";
import { installation } from "../cluster/installation.ts";
import { goldenCases } from "../../webhook/inject/goldenCases.ts";
import { livePod, namespaceObject, podObservation } from "./podObservation.ts";

function codes(observation: PodObservation): readonly string[] {
  return explainPod(observation).findings.map(({ severity, code }) => `${severity} ${code}`);
}

function withLabels(own: Readonly<Record<string, string>>): ClusterPod {
  return livePod({ labels: own });
}

function seen(...installations: readonly ReturnType<typeof installation>[]): PodObservation["installations"] {
  return { state: "seen", value: installations };
}

/** What makes of a look at a live pod one at a manifest. */
function manifest(changes: Partial<PodObservation> = {}): PodObservation {
  const { live: _live, ...observation } = podObservation(changes);
  return observation;
}

const injected = livePod({
  labels: { [labels.nodeType]: "Validator", [labels.injected]: "true" },
  annotations: { [annotations.injectedVersion]: "1.2.3" },
  spec: { containers: [{ name: "stellar-core" }, { name: "peer-agent" }] },
  status: { containerStatuses: [{ name: "peer-agent", state: { running: {} } }] },
});

describe("a pod with an agent", () => {
  test("is injected, by the version on it", () => {
    const { verdict, version, mode, findings } = explainPod(podObservation({ live: injected }));
    assert.deepEqual([verdict, version, mode, findings], ["injected", "1.2.3", "container", []]);
  });

  test("as a native sidecar", () => {
    const live = {
      ...injected,
      spec: { containers: [{ name: "core" }], initContainers: [{ name: "peer-agent" }] },
    };
    assert.equal(explainPod(podObservation({ live })).mode, "native");
  });

  test("of another version than the webhook", () => {
    const metadata = { ...injected.metadata, annotations: { [annotations.injectedVersion]: "1.0.0" } };
    const { findings } = explainPod(podObservation({ live: { ...injected, metadata } }));
    assert.deepEqual(findings, [
      {
        severity: "note",
        code: "agent-outdated",
        detail: "it was injected by version 1.0.0, pods made now get 1.2.3",
        action: "kubectl -n validators rollout restart statefulset/core",
      },
    ]);
  });

  test("that can't start, because of its image or by itself", () => {
    const waiting = { reason: "ImagePullBackOff", message: "no such image" };
    const image = {
      ...injected,
      status: { containerStatuses: [{ name: "peer-agent", state: { waiting } }] },
    };
    const [finding] = explainPod(podObservation({ live: image })).findings;
    assert.equal(finding?.code, "agent-not-running");
    assert.match(finding?.detail ?? "", /ImagePullBackOff: no such image/);
    assert.match(finding?.action ?? "", /agent\.image/);
    const terminated = { reason: "Error", exitCode: 2 };
    const failed = {
      ...injected,
      status: { containerStatuses: [{ name: "peer-agent", state: { terminated } }] },
    };
    const [failure] = explainPod(podObservation({ live: failed })).findings;
    assert.match(failure?.detail ?? "", /exit code 2/);
    assert.match(failure?.action ?? "", /logs core-0 -c peer-agent/);
  });

  test("in a namespace that is no longer enabled", () => {
    const namespace = { state: "seen", value: namespaceObject({}) } as const;
    assert.deepEqual(codes(podObservation({ live: injected, namespace })), ["warning injection-ended"]);
  });

  test("and a label that only says so is not enough", () => {
    const live = { ...injected, spec: { containers: [{ name: "core" }] } };
    assert.equal(explainPod(podObservation({ live })).verdict, "not-injected");
  });
});

describe("a pod without an agent", () => {
  test("in a namespace without the label", () => {
    const namespace = { state: "seen", value: namespaceObject({}) } as const;
    const explanation = explainPod(podObservation({ namespace }));
    assert.equal(explanation.reason, "namespace-not-enabled");
    assert.equal(
      explanation.findings[0]?.action,
      `kubectl label --overwrite namespace validators ${labels.injection}=enabled, then kubectl -n validators rollout restart statefulset/core`,
    );
  });

  test("by each of its own rules", () => {
    const cases = [
      [withLabels({}), "note not-a-validator"],
      [withLabels({ [labels.injection]: "disabled" }), "note pod-disabled"],
      [withLabels({ [labels.injection]: "on" }), "problem invalid-label"],
      [livePod({ spec: { containers: [{ name: "peer-agent" }] } }), "problem container-name-taken"],
      [livePod({ annotations: { [annotations.reload]: "x" } }), "problem invalid-annotation"],
    ] as const;
    for (const [live, finding] of cases) assert.deepEqual(codes(podObservation({ live })), [finding]);
  });

  test("by the settings that the webhook's Deployment has", () => {
    const live = livePod({ annotations: { [annotations.reload]: "x" } });
    const strict = seen(installation({ environment: { REJECT_INVALID: "true" } }));
    const [finding] = explainPod(podObservation({ live, installations: strict })).findings;
    assert.match(finding?.detail ?? "", /^the webhook denies it: /);
  });

  test("older than its namespace's label", () => {
    const namespace = { state: "seen", value: namespaceObject(undefined, "2026-03-01T00:00:00Z") } as const;
    assert.deepEqual(explainPod(podObservation({ namespace })).findings, [
      {
        severity: "problem",
        code: "created-before-label",
        detail:
          "the pod was created at 2026-02-01T00:00:00Z, the namespace's label was last written at 2026-03-01T00:00:00Z",
        action: "kubectl -n validators rollout restart statefulset/core",
      },
    ]);
  });

  test("older than the webhook", () => {
    const live = livePod({ creationTimestamp: "2025-12-31T00:00:00Z" });
    const namespace = { state: "seen", value: namespaceObject(undefined, "2025-06-01T00:00:00Z") } as const;
    assert.deepEqual(codes(podObservation({ live, namespace })), ["problem created-before-webhook"]);
  });

  test("that nothing else explains", () => {
    assert.deepEqual(codes(podObservation()), ["problem webhook-was-away"]);
  });

  test("how it is restarted depends on who made it", () => {
    const action = (owner: readonly { kind: string; name: string; controller: boolean }[]) => {
      const ownerReferences = owner.map((one) => ({ apiVersion: "v1", uid: "1", ...one }));
      return explainPod(podObservation({ live: livePod({ ownerReferences }) })).findings[0]?.action ?? "";
    };
    assert.match(
      action([{ kind: "ReplicaSet", name: "core-1", controller: true }]),
      /^kubectl -n validators delete pod core-0 /,
    );
    assert.match(action([]), /^delete pod core-0 and create it again/);
    assert.match(action([{ kind: "StatefulSet", name: "x", controller: false }]), /^delete pod/);
  });
});

describe("the webhook", () => {
  test("is missing", () => {
    for (const installations of [seen(), { state: "absent" }] as const)
      assert.equal(explainPod(podObservation({ installations })).reason, "webhook-missing");
  });

  test("has no caBundle, or no replica that is ready", () => {
    const empty = seen(installation({ caBundle: "" }));
    assert.deepEqual(codes(podObservation({ installations: empty })), ["problem ca-bundle-empty"]);
    const down = seen(installation({ available: 0 }));
    assert.deepEqual(codes(podObservation({ installations: down })), ["problem webhook-not-ready"]);
  });

  test("is one replica short: not why a pod has no agent", () => {
    const installations = seen(installation({ available: 1 }));
    assert.deepEqual(codes(podObservation({ installations })), [
      "problem webhook-was-away",
      "warning webhook-degraded",
    ]);
  });

  test("has lost its Deployment", () => {
    const installations = seen({ ...installation(), deployment: { state: "absent" } });
    assert.equal(explainPod(podObservation({ installations })).reason, "webhook-not-running");
  });

  test("asks for more labels than the namespace has", () => {
    const installations = seen(installation({ selector: { team: "core" } }));
    const { reason, findings } = explainPod(podObservation({ installations }));
    assert.equal(reason, "namespace-not-selected");
    assert.match(findings[0]?.detail ?? "", /team=core/);
    const both = seen(installation({ selector: { team: "core" } }), installation());
    assert.equal(explainPod(podObservation({ installations: both })).reason, "webhook-was-away");
  });

  test("and the pod's own age is said beside it, since the pod must be restarted as well", () => {
    const namespace = { state: "seen", value: namespaceObject(undefined, "2026-03-01T00:00:00Z") } as const;
    const installations = seen(installation({ caBundle: "" }));
    assert.deepEqual(codes(podObservation({ namespace, installations })), [
      "problem ca-bundle-empty",
      "problem created-before-label",
    ]);
  });

  test("may not be looked at", () => {
    const installations = { state: "unknown", detail: "forbidden" } as const;
    assert.deepEqual(codes(manifest({ installations })), ["note not-visible"]);
    assert.equal(explainPod(manifest({ installations })).verdict, "would-be-injected");
  });
});

describe("a manifest", () => {
  test("would be injected", () => {
    const { verdict, version, findings } = explainPod(manifest());
    assert.deepEqual([verdict, version, findings], ["would-be-injected", "1.2.3", []]);
  });

  test("for a namespace that is not there", () => {
    const { reason, findings } = explainPod(manifest({ namespace: { state: "absent" } }));
    assert.equal(reason, "namespace-missing");
    assert.match(findings[0]?.action ?? "", /^kubectl create namespace validators && kubectl label/);
  });

  test("for a namespace that may not be looked at counts as for an enabled one", () => {
    const namespace = { state: "unknown", detail: "forbidden" } as const;
    assert.equal(explainPod(manifest({ namespace })).verdict, "would-be-injected");
    assert.deepEqual(codes(manifest({ namespace })), ["note not-visible"]);
  });

  for (const { name, pod, context } of goldenCases())
    test(`golden pod ${name} is explained without surprise`, () => {
      const { name: namespaceName, labels: own = { [labels.injection]: "enabled" } } = context.namespace;
      const namespace = { state: "seen", value: namespaceObject(own) } as const;
      const explanation = explainPod(
        manifest({ pod, namespaceName, namespace, serverMinor: context.server.minor }),
      );
      assert.ok(explanation.verdict !== "not-injected" || explanation.reason !== undefined);
      assert.ok(renderExplanation(explanation).startsWith(`Pod ${namespaceName}/core-0: `));
    });
});

test("people read the verdict first, then each finding and what to do", () => {
  const namespace = { state: "seen", value: namespaceObject({}) } as const;
  const live = livePod({ ownerReferences: [] });
  assert.equal(
    renderExplanation(explainPod(podObservation({ live, namespace }))),
    `Pod validators/core-0: not injected: namespace-not-enabled
  problem namespace-not-enabled: its namespace has no label that enables injection
    label peer-discovery.stellar.org/injection on namespace validators is missing
    what to do: kubectl label --overwrite namespace validators peer-discovery.stellar.org/injection=enabled, then delete pod core-0 and create it again: nothing else does
`,
  );
});
