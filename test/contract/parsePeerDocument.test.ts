import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";

const alpha = {
  name: "alpha",
  namespace: "stellar",
  nodeType: "Validator",
  ip: "10.0.0.1",
  port: 11_625,
  peerString: "10.0.0.1:11625",
  network: "testnet",
};

function reasonFor(peersJson: string | undefined, revision = "1.1"): string {
  const result = parsePeerDocument({ "peers.json": peersJson, revision });
  return result.ok ? "ok" : result.reason;
}

const refusals: readonly (readonly [string, string | undefined, string])[] = [
  ["no file at all", undefined, "missing"],
  ["an empty file", "", "not-json"],
  ["half a file", JSON.stringify([alpha]).slice(0, 40), "not-json"],
  ["HTML", "<html></html>", "not-json"],
  ["more than a ConfigMap can hold", `[${" ".repeat(1024 * 1024)}]`, "too-large"],
  ["an object instead of an array", JSON.stringify(alpha), "schema"],
  ["an IP that is none", JSON.stringify([{ ...alpha, ip: "10.0.0.256" }]), "schema"],
  ["a hostname for an IP", JSON.stringify([{ ...alpha, ip: "alpha.stellar.svc" }]), "schema"],
  ["port 0", JSON.stringify([{ ...alpha, port: 0, peerString: "10.0.0.1:0" }]), "schema"],
  ["a port that is text", JSON.stringify([{ ...alpha, port: "11625" }]), "schema"],
  ["a peer without network", JSON.stringify([{ ...alpha, network: undefined }]), "schema"],
  [
    "a peerString that says another address",
    JSON.stringify([{ ...alpha, peerString: "10.9.9.9:11625" }]),
    "inconsistent",
  ],
  ["the same peer twice", JSON.stringify([alpha, alpha]), "inconsistent"],
];

describe("a peer document from outside", () => {
  it("is taken when it is sound", () => {
    const result = parsePeerDocument({ "peers.json": JSON.stringify([alpha]), revision: "2.7\n" });
    assert.ok(result.ok);
    assert.deepEqual(result.document.peers, [alpha]);
    assert.deepEqual(result.document.revision, { epoch: 2, sequence: 7 });
  });

  for (const [what, text, reason] of refusals) {
    it(`is refused as ${reason} with ${what}`, () => assert.equal(reasonFor(text), reason));
  }

  for (const revision of ["", "1", "1.", "-1.0", "1.2.3", "01.2", "1e3.0", "9999999999999999.0", "1.x"]) {
    it(`is refused with the revision ${JSON.stringify(revision)}`, () =>
      assert.equal(reasonFor(JSON.stringify([alpha]), revision), "revision"));
  }

  it("never throws, whatever it holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (text, revision) => {
        assert.equal(typeof reasonFor(text, revision), "string");
      }),
    );
  });
});
