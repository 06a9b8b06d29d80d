import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { CoreAnswer } from "../../../agent/core/CoreAnswer.ts";
import { readConfigReload } from "../../../agent/core/readConfigReload.ts";
import { readConnect } from "../../../agent/core/readConnect.ts";
import { readInfo } from "../../../agent/core/readInfo.ts";
import { readPeers } from "../../../agent/core/readPeers.ts";
import recorded from "../../fake-core/recordings/stellar-core-19.0.1.json" with { type: "json" };

const { syncedInfo, syncedPeers } = recorded;
const readers = [readInfo, readPeers, readConnect, readConfigReload];

function answer(body: string): CoreAnswer {
  return { status: 200, body };
}

/** The value with what stands at `path` put in place. */
function replaceAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const fields = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  fields[key] = replaceAt(fields[key], rest, put);
  return fields;
}

function wrongAt(path: readonly string[], type: string): fc.Arbitrary<unknown> {
  return fc
    .jsonValue()
    .filter((value) => typeof value !== type)
    .map((put) => replaceAt(JSON.parse(syncedInfo.body), path, put));
}

describe("what reads Core's answers", () => {
  it("reads the recordings", () => {
    assert.deepEqual(readInfo(answer(syncedInfo.body)), {
      ok: true,
      value: {
        state: "Synced!",
        network: "sc private lab ; 2026",
        ledgerAge: 2,
        ledgerNumber: 9,
        authenticatedPeers: 2,
        pendingPeers: 0,
        startedOn: "2026-11-23T10:20:38Z",
        build: "v19.0.1-dirty",
      },
    });
    const outbound = { direction: "outbound", authenticated: true } as const;
    assert.deepEqual(readPeers(answer(syncedPeers.body)), {
      ok: true,
      value: [
        { ...outbound, address: "127.0.0.1:22625", id: "bob" },
        { ...outbound, address: "127.0.0.1:23625", id: "carol" },
      ],
    });
    assert.equal(readInfo(answer(recorded.bootingInfo)).ok, true);
  });

  it("never throws, whatever the status and the body", () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("{}", "null", `{"info": null}`, `{"exception": `),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), body, (status, text) => {
        for (const read of readers) {
          const result = read({ status, body: text });
          assert.ok(result.ok || result.detail.length > 0);
          if (status !== 200) assert.equal(result.ok, false);
        }
      }),
    );
  });

  it("finds every part of an answer that was cut short unreadable", () => {
    const cut = fc.integer({ min: 0, max: syncedInfo.body.trimEnd().length - 1 });
    fc.assert(
      fc.property(cut, (length) => {
        const result = readInfo(answer(syncedInfo.body.slice(0, length)));
        assert.ok(!result.ok && result.reason === "unreadable");
      }),
    );
  });

  const needed: readonly (readonly [string, string])[] = [
    ["state", "string"],
    ["network", "string"],
    ["ledger.age", "number"],
    ["ledger.num", "number"],
    ["peers.authenticated_count", "number"],
  ];
  for (const [path, type] of needed)
    it(`finds /info unreadable when ${path} is no ${type}`, () => {
      fc.assert(
        fc.property(wrongAt(["info", ...path.split(".")], type), (value) => {
          const result = readInfo(answer(JSON.stringify(value)));
          assert.ok(!result.ok && result.reason === "unreadable");
        }),
      );
    });

  it("finds a ledger from the future unreadable", () => {
    const value = replaceAt(JSON.parse(syncedInfo.body), ["info", "ledger", "age"], -1);
    assert.equal(readInfo(answer(JSON.stringify(value))).ok, false);
  });

  for (const group of ["authenticated_peers", "pending_peers"])
    it(`finds /peers unreadable when a list of ${group} is no list of addresses`, () => {
      const wrong = fc.oneof(
        fc.string(),
        fc.integer(),
        fc.constantFrom({}, [1], [{}], [{ address: 1 }], [null]),
      );
      fc.assert(
        fc.property(fc.constantFrom("inbound", "outbound"), wrong, (direction, put) => {
          const value = replaceAt(JSON.parse(syncedPeers.body), [group, direction], put);
          const result = readPeers(answer(JSON.stringify(value)));
          assert.ok(!result.ok && result.reason === "unreadable");
        }),
      );
    });
});
