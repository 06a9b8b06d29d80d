import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { stringify } from "yaml";
import type { InjectionDecision } from "../../../webhook/inject/InjectionDecision.ts";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import type { Pod } from "../../../webhook/inject/Pod.ts";
import { qosClass } from "../../../webhook/inject/qosClass.ts";
import { goldenCases } from "./goldenCases.ts";
import { patchPod } from "./patchPod.ts";

const update = process.env["UPDATE_GOLDEN"] === "1";

function dump(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

function withoutPatch(decision: InjectionDecision): unknown {
  return { ...decision, ...("patch" in decision ? { patch: undefined } : {}) };
}

function expectFile(path: string, actual: string): void {
  if (update) writeFileSync(path, actual);
  assert.equal(actual, readFileSync(path, "utf8"), `${path} differs; UPDATE_GOLDEN=1 rewrites it`);
}

describe("golden pods", () => {
  test("there are at least sixty", () => {
    assert.ok(goldenCases().length >= 60);
  });

  for (const { name, directory, pod, context } of goldenCases()) {
    test(`${name} comes out as recorded`, () => {
      const decision = planInjection(pod, context);
      const patched = patchPod(pod, decision);
      expectFile(join(directory, "decision.yaml"), dump(withoutPatch(decision)));
      expectFile(join(directory, "patched.yaml"), dump(patched));
    });

    test(`${name} is not changed a second time, and keeps its QoS class`, () => {
      const patched = patchPod(pod, planInjection(pod, context));
      const again = planInjection(patched, context);
      assert.notEqual(again.action, "inject");
      assert.deepEqual(patchPod(patched, again), patched);
      assert.equal(qosClass(patched as Pod), qosClass(pod as Pod));
    });
  }
});
