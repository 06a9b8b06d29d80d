import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodResources } from "../../../webhook/inject/Pod.ts";
import { qosClass } from "../../../webhook/inject/qosClass.ts";

const full: PodResources = {
  requests: { cpu: "1", memory: "1Gi" },
  limits: { cpu: "1000m", memory: "1024Mi" },
};

function classOf(
  containers: readonly (PodResources | undefined)[],
  init: readonly PodResources[] = [],
): string {
  const named = (all: readonly (PodResources | undefined)[]) =>
    all.map((resources, index) => ({ name: `c${index}`, ...(resources ? { resources } : {}) }));
  return qosClass({ spec: { containers: named(containers), initContainers: named(init) } });
}

test("limits that equal requests, in other units too, make a pod Guaranteed", () => {
  assert.equal(classOf([full]), "Guaranteed");
  assert.equal(classOf([{ limits: { cpu: 1, memory: "1Gi" } }]), "Guaranteed");
});

test("one container without them makes it Burstable, an init container too", () => {
  assert.equal(classOf([full, undefined]), "Burstable");
  assert.equal(classOf([full], [{}]), "Burstable");
  assert.equal(classOf([{ limits: { cpu: "1" } }]), "Burstable");
});

test("no CPU and no memory anywhere makes it BestEffort, whatever other resources there are", () => {
  assert.equal(classOf([undefined]), "BestEffort");
  assert.equal(classOf([{ requests: { "ephemeral-storage": "1Gi" } }]), "BestEffort");
  assert.equal(classOf([{ requests: { cpu: "0" } }]), "BestEffort");
});

test("resources of the pod itself decide alone", () => {
  assert.equal(qosClass({ spec: { containers: [{ name: "c" }], resources: full } }), "Guaranteed");
});
