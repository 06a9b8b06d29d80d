import assert from "node:assert/strict";
import { it } from "node:test";
import { findMost } from "../../../bench/growth/findMost.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { makeValidator } from "../../agent/apply/makeValidator.ts";

function bytes(count: number): number {
  const peers = Array.from({ length: count }, (_, index) => makeValidator(index + 1));
  return Object.values(renderPeers(peers)).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

it("the most validators that are published are the most that fit into 1 MiB", () => {
  const most = findMost(makeValidator);
  // The revision takes some bytes, too.
  assert.ok(bytes(most) <= 2 ** 20 - "1.1".length, `${most}: ${bytes(most)}`);
  assert.ok(bytes(most + 1) > 2 ** 20 - "1.1".length, `${most + 1}: ${bytes(most + 1)}`);
});
