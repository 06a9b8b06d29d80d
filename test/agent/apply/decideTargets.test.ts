import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { decideTargets } from "../../../agent/apply/decideTargets.ts";
import type { Targets, TargetsInput } from "../../../agent/apply/decideTargets.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { makeExternal } from "./makeExternal.ts";
import { makeValidator } from "./makeValidator.ts";

const passphrase = "Test SDF Network ; September 2015";
const self = { namespace: "validators", pod: "v1-0", ip: "10.0.0.1", peerPort: 11_625 };
const [own, two, three] = [makeValidator(1), makeValidator(2), makeValidator(3)];

function decide(peers: readonly Peer[], differing: Partial<TargetsInput> = {}): Targets {
  return decideTargets({ peers, shown: undefined, self, network: "testnet", passphrase, ...differing });
}

describe("whom Core may be told about", () => {
  it("is everybody else of its network", () => {
    assert.deepEqual(decide([own, two, three]), {
      allowed: [two, three],
      heldBack: [],
      unlisted: [],
      otherNetworks: 0,
    });
  });

  it("is never itself, by whatever entry or address it is listed", () => {
    const disguised = makeValidator(7, { ip: self.ip });
    const outside = makeValidator(1, { ip: "203.0.113.1" });
    const behindOutside = makeValidator(8, { ip: "203.0.113.1" });
    assert.deepEqual(decide([own, disguised, outside, behindOutside, two]).allowed, [two]);
  });

  it("is nobody of another network, nor of the same name with another passphrase", () => {
    const mainnet = makeValidator(4, { network: "mainnet" });
    const impostor = makeValidator(5, { networkPassphrase: "else" });
    const { allowed, otherNetworks } = decide([own, two, mainnet, impostor]);
    assert.deepEqual([allowed, otherNetworks], [[two], 2]);
  });

  it("is everybody of a private network whose passphrase is not stated or is Core's", () => {
    const plain = makeValidator(2, { network: "lab" });
    const stated = makeValidator(3, { network: "lab", networkPassphrase: "secret" });
    const other = makeValidator(4, { network: "lab", networkPassphrase: "another" });
    const targets = decide([plain, stated, other], { network: "lab", passphrase: "secret" });
    assert.deepEqual(targets.allowed, [plain, stated]);
  });

  it("is nobody of testnet for a Core that is not on testnet", () => {
    assert.deepEqual(decide([two], { passphrase: "else" }).allowed, []);
  });

  it("is every static peer, whatever the network", () => {
    const external = makeExternal(1);
    for (const network of ["testnet", "mainnet"])
      assert.deepEqual(decide([own, external], { network }).allowed, [external]);
  });

  it("is each address once", () => {
    const twin = makeValidator(9, { ip: two.ip });
    assert.deepEqual(
      decide([two, twin, three]).allowed.map(({ peerString }) => peerString),
      [two.peerString, three.peerString],
    );
  });

  it("is, with a fresh picture, only who is in both; the others are said", () => {
    const four = makeValidator(4);
    const targets = decide([own, two, three], { shown: [own, two, four] });
    assert.deepEqual(targets, { allowed: [two], heldBack: [three], unlisted: [four], otherNetworks: 0 });
  });

  it("is, with a fresh picture, nobody who was moved to another address or network", () => {
    const moved = makeValidator(2, { ip: "198.51.100.66" });
    assert.deepEqual(decide([own, moved], { shown: [own, two] }).heldBack, [moved]);
    const shown = [own, makeValidator(2, { network: "mainnet" })];
    assert.deepEqual(decide([own, two], { shown }).heldBack, [two]);
  });

  it("never is, whatever the lists: itself, another network's, or one that a fresh picture lacks", () => {
    const peer = fc
      .record({
        index: fc.integer({ min: 1, max: 6 }),
        network: fc.constantFrom("testnet", "mainnet"),
        external: fc.boolean(),
        differing: fc.record(
          { networkPassphrase: fc.constantFrom(passphrase, "else"), ip: fc.constantFrom(self.ip, two.ip) },
          { requiredKeys: [] },
        ),
      })
      .map(({ index, network, external, differing }) =>
        external ? makeExternal(index) : makeValidator(index, { network, ...differing }),
      );
    const peers = fc.array(peer, { maxLength: 12 });
    fc.assert(
      fc.property(peers, fc.option(peers, { nil: undefined }), (listed, shown) => {
        const { allowed, heldBack } = decide(listed, { shown });
        for (const target of [...allowed, ...heldBack]) {
          assert.notEqual(target.peerString, own.peerString);
          assert.notEqual(target.pod, self.pod);
          assert.ok(target.nodeType === "External" || target.network === "testnet");
          assert.notEqual(target.networkPassphrase, "else");
        }
        for (const target of allowed)
          assert.ok(!shown || shown.some(({ peerString }) => peerString === target.peerString));
      }),
    );
  });
});
