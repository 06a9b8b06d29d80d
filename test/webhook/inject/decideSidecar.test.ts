import assert from "node:assert/strict";
import { test } from "node:test";
import { decideSidecar } from "../../../webhook/inject/decideSidecar.ts";

test("pods that run for good get an ordinary container, so that Core starts without the agent", () => {
  for (const policy of [undefined, null, "Always"])
    assert.deepEqual(decideSidecar("auto", policy, 37), { mode: "container" });
});

test("pods that are meant to end get a native sidecar where the server has it", () => {
  assert.deepEqual(decideSidecar("auto", "OnFailure", 29), { mode: "native" });
  assert.deepEqual(decideSidecar("auto", "Never", 37), { mode: "native" });
  assert.equal(decideSidecar("auto", "Never", 28).mode, "none");
});

test("a forced mode holds, except where the server can't", () => {
  assert.deepEqual(decideSidecar("native", "Always", 37), { mode: "native" });
  assert.equal(decideSidecar("native", "Always", 28).mode, "none");
  const forced = decideSidecar("container", "Never", 37);
  assert.equal(forced.mode, "container");
  assert.match("warning" in forced ? (forced.warning ?? "") : "", /from ending/);
});
