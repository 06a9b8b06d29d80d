import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { it } from "node:test";
import { parseAllDocuments } from "yaml";
import { coreConfiguration } from "../e2e/real-core/coreConfiguration.ts";
import { decodeSeed } from "./decodeSeed.ts";
import { encodeStrkey } from "../e2e/real-core/encodeStrkey.ts";

interface Secret {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly stringData: { readonly "stellar-core.cfg": string };
}

async function configurations(file: string): Promise<ReadonlyMap<string, string>> {
  const documents = parseAllDocuments(
    await readFile(new URL(`../../examples/${file}`, import.meta.url), "utf8"),
  );
  const secrets = documents.map((each) => each.toJS() as Secret).filter(({ kind }) => kind === "Secret");
  return new Map(
    secrets.map(({ metadata, stringData }) => [
      metadata.name.replace("-core", ""),
      stringData["stellar-core.cfg"],
    ]),
  );
}

it("the validators for trying out are configured as the private networks of real Cores in these tests are", async () => {
  const three = await configurations("trial-validators.yaml");
  const all = new Map([...three, ...(await configurations("trial-fourth-validator.yaml"))]);
  assert.deepEqual([...all.keys()], ["alpha", "beta", "gamma", "delta"]);
  const identities = [...all].map(([name, text]) => {
    const seed = /^NODE_SEED="(S\w+) /m.exec(text)?.[1] ?? "";
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), decodeSeed(seed)]);
    const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const { x = "" } = createPublicKey(key).export({ format: "jwk" });
    return { name, seed, publicKey: encodeStrkey("publicKey", Buffer.from(x, "base64url")) };
  });
  for (const identity of identities)
    assert.equal(
      all.get(identity.name),
      coreConfiguration({
        identity,
        quorum: identities.slice(0, 3),
        passphrase: "stellar-peer-discovery trial",
        httpPort: 11_626,
        peerPort: 11_625,
      }),
    );
});
