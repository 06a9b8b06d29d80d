import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";
import { readMountedLeaf } from "../../../webhook/tls/readMountedLeaf.ts";
import type { MountedPair } from "../../../webhook/tls/readMountedLeaf.ts";

const now = Date.now();
const authority = await issueAuthority(now);
const leaf = await issueLeaf(authority, ["webhook.stellar-system.svc"], now);
const other = await issueLeaf(authority, ["webhook.stellar-system.svc"], now);
const pair: MountedPair = { ...leaf, authority: authority.certificate };

function problem(change: Partial<MountedPair>, at = now): string {
  const reading = readMountedLeaf({ ...pair, ...change }, at);
  assert.ok(!reading.ok, "it was taken");
  return reading.problem;
}

describe("readMountedLeaf", () => {
  it("takes certificate, key and CA", () => {
    const reading = readMountedLeaf(pair, now);
    assert.ok(reading.ok);
    assert.equal(reading.leaf.certificate, leaf.certificate);
    assert.equal(reading.leaf.authority.trim(), authority.certificate.trim());
  });

  it("says what is missing, and what to look at", () => {
    assert.match(problem({ certificate: undefined }), /not there yet.*Certificate has been issued/);
    assert.match(problem({ authority: undefined }), /ca\.crt is missing.*issuer/);
    assert.match(problem({ authority: "" }), /ca\.crt is missing/);
  });

  it("takes no key of another certificate, as in the middle of a replacement", () => {
    assert.match(problem({ privateKey: other.privateKey }), /does not belong/);
  });

  it("takes nothing that is over, or is no certificate", () => {
    assert.match(problem({}, now + 365 * 86_400_000), /ran out on/);
    assert.match(problem({ certificate: "x" }), /can't be read/);
    assert.match(
      problem({ authority: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" }),
      /can't be read/,
    );
  });
});
