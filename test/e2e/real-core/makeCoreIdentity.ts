import { generateKeyPairSync } from "node:crypto";
import type { CoreIdentity } from "./coreConfiguration.ts";
import { encodeStrkey } from "./encodeStrkey.ts";

/** A new key pair, as `stellar-core gen-seed` makes one. */
export function makeCoreIdentity(name: string): CoreIdentity {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { d = "", x = "" } = privateKey.export({ format: "jwk" });
  return {
    name,
    seed: encodeStrkey("seed", Buffer.from(d, "base64url")),
    publicKey: encodeStrkey("publicKey", Buffer.from(x, "base64url")),
  };
}
