import assert from "node:assert/strict";
import { it } from "node:test";
import { AccountLinger } from "../../../webhook/provision/AccountLinger.ts";

it("a service account counts for a minute longer than its last pod", () => {
  const linger = new AccountLinger();
  const core = { namespace: "a", name: "core" };
  assert.deepEqual(linger.update([core, core], 0), [core]);
  assert.deepEqual(linger.update([], 59_000), [core]);
  assert.deepEqual(linger.update([core], 60_000), [core]);
  assert.deepEqual(linger.update([], 119_000), [core]);
  assert.deepEqual(linger.update([], 121_000), []);
});
