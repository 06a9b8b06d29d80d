import assert from "node:assert/strict";
import { it } from "node:test";
import { encodeStrkey } from "./encodeStrkey.ts";
import { makeCoreIdentity } from "./makeCoreIdentity.ts";

it("keys are written as SEP-0023 has them", () => {
  const key = Buffer.from("3f0c34bf93ad0d9971d04ccc90f705511c838aad9734a4a2fb0d7a03fc7fe89a", "hex");
  assert.equal(encodeStrkey("publicKey", key), "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ");
});

it("a new identity has a seed and a public key of 56 characters", () => {
  const { name, seed, publicKey } = makeCoreIdentity("alpha");
  assert.equal(name, "alpha");
  assert.match(seed, /^S[A-Z2-7]{55}$/);
  assert.match(publicKey, /^G[A-Z2-7]{55}$/);
});
