import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

/** Server-side apply. */
export function applyCases(suite: Suite): void {
  test("applies: creates, changes what the manager owns, removes what it no longer names", async () => {
    const apply = (data: Record<string, string>) =>
      suite.api.patch<ConfigMap>(
        suite.reference("apply"),
        { type: "apply", fieldManager: "suite", body: suite.configMap("apply", { data }) },
        suite.call,
      );
    assert.deepEqual((await apply({ a: "1", b: "2" })).data, { a: "1", b: "2" });
    await suite.api.patch(
      suite.reference("apply"),
      { type: "merge", body: { data: { z: "9" } } },
      { ...suite.call, fieldManager: "other" },
    );
    const applied = await apply({ a: "3" });
    assert.deepEqual(applied.data, { a: "3", z: "9" });
    assert.ok(
      applied.metadata.managedFields?.some(
        (entry) => entry.manager === "suite" && entry.operation === "Apply",
      ),
    );
  });

  test("refuses to apply over a field of another manager unless forced", async () => {
    await suite.api.create(suite.configMap("owned", { data: { a: "1" } }), {
      ...suite.call,
      fieldManager: "owner",
    });
    const body = suite.configMap("owned", { data: { a: "2" } });
    const patch = { type: "apply", fieldManager: "suite", body } as const;
    const error = await failure(suite.api.patch(suite.reference("owned"), patch, suite.call));
    assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
    const forced = await suite.api.patch<ConfigMap>(
      suite.reference("owned"),
      { ...patch, force: true },
      suite.call,
    );
    assert.deepEqual(forced.data, { a: "2" });
  });
}
