import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { authoritySecret } from "../../../webhook/tls/authoritySecret.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";
import { readAuthority } from "../../../webhook/tls/readAuthority.ts";
import { trustBundle } from "../../../webhook/tls/trustBundle.ts";

const start = Date.UTC(2026, 0, 1);
const year = 366 * 86_400_000;
const name = { namespace: "stellar-system", name: "ca" };
const signing = await issueAuthority(start);
const next = await issueAuthority(start);
const old = await issueAuthority(start - year);

function problem(data: Readonly<Record<string, string>>): string {
  const secret = authoritySecret(name, { signing, next: undefined, previous: [] });
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
  const reading = readAuthority(
    { ...secret, data: { ...secret.data, ...Object.fromEntries(encoded) } },
    start,
  );
  return reading.ok ? "none" : reading.problem;
}

describe("the Secret of a CA", () => {
  it("gives back what was written, without certificates that have run out", () => {
    const secret = authoritySecret(name, { signing, next, previous: [old.certificate, signing.certificate] });
    const reading = readAuthority(secret, start);
    assert.deepEqual(reading, { ok: true, authority: { signing, next, previous: [signing.certificate] } });
  });

  it("is unusable, with a reason, when key and certificate are not a CA's pair", async () => {
    const leaf = await issueLeaf(signing, ["a.svc"], start);
    assert.match(problem({ "tls.key": next.privateKey }), /tls\.key does not belong to tls\.crt/);
    assert.match(problem({ "tls.crt": leaf.certificate, "tls.key": leaf.privateKey }), /not a CA/);
    assert.notEqual(problem({ "tls.crt": "no" }), "none");
    assert.notEqual(problem({ "tls.key": "" }), "none");
  });

  it("is unusable when it has run out", () => {
    const secret = authoritySecret(name, { signing, next, previous: [] });
    const reading = readAuthority(secret, start + year);
    assert.match(reading.ok ? "" : reading.problem, /ran out/);
  });

  it("is usable without a successor that can't be read", () => {
    const secret = authoritySecret(name, { signing, next, previous: [] });
    const reading = readAuthority({ ...secret, data: { ...secret.data, "next.key": "bm8=" } }, start);
    assert.equal(reading.ok && reading.authority.next, undefined);
  });

  it("is trusted with all of it, what signs now first", () => {
    const bundle = trustBundle({ signing, next, previous: [old.certificate] });
    assert.equal(bundle, signing.certificate.trimEnd() + "\n" + next.certificate.trimEnd() + "\n" + old.certificate.trimEnd() + "\n"); // prettier-ignore
  });
});
