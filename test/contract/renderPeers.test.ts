import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import type { Peer } from "../../contract/Peer.ts";
import { renderPeers } from "../../contract/renderPeers.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const peer: fc.Arbitrary<Peer> = fc
  .record({
    name,
    namespace: name,
    ip: fc.ipV4(),
    port: fc.integer({ min: 1, max: 65_535 }),
    network: fc.constantFrom("testnet", "mainnet", "my network", "Köln"),
    pod: fc.option(name, { nil: undefined }),
  })
  .map(({ pod, ...rest }) => ({
    ...rest,
    nodeType: "Validator",
    peerString: `${rest.ip}:${rest.port}`,
    ...(pod === undefined ? {} : { pod }),
  }));
const peers = fc.uniqueArray(peer, { selector: (one) => `${one.namespace}/${one.name}`, maxLength: 30 });

describe("the rendered document", () => {
  it("is the same bytes for the same peers in any order", () => {
    fc.assert(
      fc.property(peers, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (list, order) => {
        const shuffled = list
          .map((one) => ({ one, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        assert.deepEqual(renderPeers(shuffled), renderPeers(list));
      }),
    );
  });

  it("is read back as the peers that went in", () => {
    fc.assert(
      fc.property(peers, (list) => {
        const result = parsePeerDocument({ ...renderPeers(list), revision: "3.4" });
        assert.ok(result.ok, result.ok ? "" : result.detail);
        assert.equal(result.document.peers.length, list.length);
        assert.deepEqual(new Set(result.document.peers.map((one) => JSON.stringify(one))).size, list.length);
      }),
    );
  });

  it("lists each network's peers under a key of its own that a ConfigMap allows", () => {
    fc.assert(
      fc.property(peers, (list) => {
        const data = renderPeers(list);
        const keys = Object.keys(data).filter((key) => /^peers\..+\.txt$/.test(key));
        assert.equal(keys.length, new Set(list.map((one) => one.network)).size);
        for (const key of Object.keys(data)) assert.match(key, /^[-._a-zA-Z0-9]{1,253}$/);
        const lines = keys.reduce((sum, key) => sum + (data[key] ?? "").split("\n").length - 1, 0);
        assert.equal(lines, list.length);
      }),
    );
  });

  it("counts no peers as 0 and an empty array", () => {
    assert.deepEqual(renderPeers([]), { "peers.json": "[]\n", "peers.txt": "", peer_count: "0" });
  });
});
