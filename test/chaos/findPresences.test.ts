import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditedWrite } from "./AuditedWrite.ts";
import { findPresences } from "./findPresences.ts";

function stored(suspended: boolean, at: number, name = "alpha"): AuditedWrite {
  const object = {
    apiVersion: "stellar.org/v1alpha1",
    kind: "StellarNode",
    metadata: { name },
    spec: { suspended },
  };
  const by = { pod: undefined, user: "admin", namespace: "validators" };
  return { verb: "patch", resource: "stellarnodes", ...by, at, answered: at + 1, object };
}

const never = { earliest: Infinity, latest: Infinity };

describe("when validators were there", () => {
  it("is from creation on, until and after a suspension", () => {
    assert.deepEqual(findPresences([stored(false, 1), stored(true, 10), stored(false, 20)], []), [
      { name: "alpha", from: { earliest: 1, latest: 2 }, to: { earliest: 10, latest: 11 } },
      { name: "alpha", from: { earliest: 20, latest: 21 }, to: never },
    ]);
  });

  it("goes by what was stored, whatever was stored once more", () => {
    const writes = [
      stored(false, 1),
      stored(false, 5),
      stored(true, 10),
      stored(true, 12),
      stored(false, 1, "beta"),
    ];
    assert.deepEqual(findPresences(writes, []), [
      { name: "alpha", from: { earliest: 1, latest: 2 }, to: { earliest: 10, latest: 11 } },
      { name: "beta", from: { earliest: 1, latest: 2 }, to: never },
    ]);
  });

  it("may have ended when that was first asked for, though the log only shows a later try", () => {
    const asks = [
      { name: "alpha", suspended: true, at: 6 },
      { name: "alpha", suspended: true, at: 8 },
      { name: "alpha", suspended: false, at: 7 },
      { name: "beta", suspended: true, at: 5 },
    ];
    assert.deepEqual(findPresences([stored(false, 1), stored(true, 10)], asks), [
      { name: "alpha", from: { earliest: 1, latest: 2 }, to: { earliest: 6, latest: 11 } },
    ]);
  });

  it("is not cut short by an ask that was answered before it began", () => {
    const asks = [{ name: "alpha", suspended: true, at: 9 }];
    const writes = [stored(false, 1), stored(true, 10), stored(false, 20), stored(true, 30)];
    assert.deepEqual(findPresences(writes, asks).at(-1), {
      name: "alpha",
      from: { earliest: 20, latest: 21 },
      to: { earliest: 30, latest: 31 },
    });
  });
});
