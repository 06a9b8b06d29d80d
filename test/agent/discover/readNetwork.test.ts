import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readNetwork } from "../../../agent/discover/readNetwork.ts";

const testnet = "Test SDF Network ; September 2015";

describe("readNetwork", () => {
  const cases: readonly (readonly [string, unknown, unknown, unknown])[] = [
    ["a public network", "testnet", undefined, { name: "testnet", passphrase: testnet }],
    ["any letter case", " TestNet ", undefined, { name: "testnet", passphrase: testnet }],
    ["a name of one's own", "Lab", undefined, { name: "lab" }],
    ["a name with its passphrase", "lab", "Lab ; 2026", { name: "lab", passphrase: "Lab ; 2026" }],
    ["the object form", { custom: "lab" }, "Lab ; 2026", { name: "lab", passphrase: "Lab ; 2026" }],
    ["the object form in any letter case", { Custom: "LAB" }, undefined, { name: "lab" }],
    [
      "a public network's own passphrase whatever else is said",
      "testnet",
      "other",
      { name: "testnet", passphrase: testnet },
    ],
    [
      "a private network that borrows a public name",
      { custom: "testnet" },
      "p",
      { name: "custom-testnet", passphrase: "p" },
    ],
    ["nothing", undefined, undefined, undefined],
    ["an empty string", "  ", undefined, undefined],
    ["a number", 3, undefined, undefined],
    ["a list", ["testnet"], undefined, undefined],
    ["an object of another shape", { custom: { name: "lab" } }, undefined, undefined],
    ["a passphrase that is none", "lab", 7, { name: "lab" }],
  ];
  for (const [what, network, passphrase, expected] of cases) {
    it(`reads ${what}`, () => assert.deepEqual(readNetwork(network, passphrase), expected));
  }
});
