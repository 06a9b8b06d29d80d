import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { planRemediation } from "../../../webhook/provision/planRemediation.ts";
import type { RemediationPlan } from "../../../webhook/provision/planRemediation.ts";
import type { ValidatorPod } from "../../../webhook/provision/ValidatorPod.ts";
import { makePod } from "./makePod.ts";

function plan(
  missing: readonly ValidatorPod[],
  others: readonly ValidatorPod[] = [],
  { evictedAt = -Infinity, now = 1_000_000 } = {},
): RemediationPlan {
  const observed = { namespaces: new Map(), bare: missing, injected: others };
  return planRemediation({ missing, outdated: [] }, observed, evictedAt, now);
}

describe("remediation", () => {
  it("evicts one pod, the first by name", () => {
    const result = plan([makePod("v1"), makePod("v0")], [makePod("v2", { agent: "1" })]);
    assert.equal(result.action === "evict" && result.pod.metadata.name, "v0");
  });

  it("does nothing where no pod is without an agent, or nobody would make it again", () => {
    assert.equal(plan([]).action, "nothing");
    assert.equal(plan([makePod("v0", { orphan: true })]).action, "nothing");
  });

  it("waits while another validator of the namespace is not ready or on its way out", () => {
    for (const trait of [{ ready: false }, { going: true }])
      assert.equal(plan([makePod("v0")], [makePod("v1", { agent: "1", ...trait })]).action, "wait");
    const elsewhere = makePod("v1", { namespace: "b", ready: false });
    assert.equal(plan([makePod("v0")], [elsewhere]).action, "evict");
  });

  it("evicts the one that is not ready, when all others are", () => {
    const result = plan([makePod("v0"), makePod("v1", { ready: false })]);
    assert.equal(result.action === "evict" && result.pod.metadata.name, "v1");
  });

  it("waits for a minute after each eviction", () => {
    assert.equal(plan([makePod("v0")], [], { evictedAt: 1_000_000, now: 1_059_999 }).action, "wait");
    assert.equal(plan([makePod("v0")], [], { evictedAt: 1_000_000, now: 1_060_000 }).action, "evict");
  });

  it("never takes a second validator down, whatever the pods are like", () => {
    const pods = fc.array(
      fc.record({ ready: fc.boolean(), going: fc.boolean(), orphan: fc.boolean(), bare: fc.boolean() }),
    );
    fc.assert(
      fc.property(pods, (drawn) => {
        const all = drawn.map(({ bare, ...traits }, index) => makePod(`v${index}`, { ...traits, ...(!bare && { agent: "1" }) })); // prettier-ignore
        const missing = all.filter((_pod, index) => drawn[index]?.bare && !drawn[index].going);
        const result = plan(missing, all.filter((pod) => !missing.includes(pod))); // prettier-ignore
        if (result.action !== "evict") return;
        const index = all.indexOf(result.pod);
        assert.ok(drawn[index]?.bare && !drawn[index].orphan);
        assert.ok(drawn.every(({ ready, going }, other) => other === index || (ready && !going)));
      }),
    );
  });
});
