import assert from "node:assert/strict";
import { it } from "node:test";
import { rates } from "../../../bench/fleet/rates.ts";

const before = {
  at: 1_000,
  requests: 10,
  listRequests: 1,
  leaseBytes: 5_000,
  otherBytes: 100,
  processor: 40,
  resident: 1,
};

it("rates are by the second, and the server's own Lease is taken off", () => {
  const after = {
    ...before,
    at: 3_000,
    requests: 30,
    leaseBytes: 6_000,
    otherBytes: 300,
    processor: 140,
  };
  assert.deepEqual(rates(before, after, 200), { requests: 10, bytes: 400, otherBytes: 100, millicores: 50 });
});
