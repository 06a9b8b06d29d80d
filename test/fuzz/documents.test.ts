import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { decideHealth } from "../../agent/apply/decideHealth.ts";
import { planIntake } from "../../agent/apply/planIntake.ts";
import { readInfo } from "../../agent/core/readInfo.ts";
import { readPeers } from "../../agent/core/readPeers.ts";
import { readEndpointSlice } from "../../agent/discover/readEndpointSlice.ts";
import { readStellarNode } from "../../agent/discover/readStellarNode.ts";
import { planPublication } from "../../agent/publish/planPublication.ts";
import { publicationPatch } from "../../agent/publish/publicationPatch.ts";
import { readStoredDocument } from "../../agent/publish/readStoredDocument.ts";
import type { ConfigMap } from "../../agent/publish/ConfigMap.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import type { Peer } from "../../contract/Peer.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import { objects } from "../agent/discover/objects.ts";
import { picture } from "../agent/discover/picture.ts";
import { makePeer } from "../agent/publish/makePeer.ts";
import { makeStored } from "../agent/publish/makeStored.ts";
import { mutatedJson } from "./mutatedJson.ts";
import { mutatedText } from "./mutatedText.ts";
import { bodies } from "./bodies.ts";
import { fuzz } from "./fuzz.ts";

interface Recording {
  readonly syncedInfo: { readonly body: string };
  readonly syncedPeers: { readonly body: string };
  readonly bootingInfo: string;
}
const recordingsFile = new URL("../fake-core/recordings/stellar-core-19.0.1.json", import.meta.url);
const core = JSON.parse(readFileSync(recordingsFile, "utf8")) as Recording;

const peers: readonly Peer[] = [1, 2, 3].map((number) => makePeer(number));
const stored = makeStored(peers, "7.4");
const peersJson = stored.data?.["peers.json"] ?? "";

describe("documents that come from outside, drawn and mutated", () => {
  it("peers.json: is refused with a reason, or read as what renders to the same again", () => {
    fuzz(
      fc.tuple(bodies([peersJson]), fc.oneof(mutatedText(["7.4"]), fc.constant("7.4"))),
      ([text, revision]) => {
        const read = parsePeerDocument({ "peers.json": text, revision });
        if (!read.ok) return assert.notEqual(read.detail, "");
        const again = parsePeerDocument({ ...renderPeers(read.document.peers), revision: "7.4" });
        assert.ok(again.ok);
        assert.deepEqual(new Set(again.document.peers), new Set(read.document.peers));
      },
    );
  });

  it("the ConfigMap: whatever stands in it, a plan follows, and never one that goes below the stored epoch", () => {
    const shape = (value: unknown): ConfigMap => ({ ...(value as ConfigMap), metadata: (value as ConfigMap | null)?.metadata ?? {} }); // prettier-ignore
    const data = fc.dictionary(fc.constantFrom("peers.json", "revision", "peers.txt", "x"), fc.string());
    const texts = fc.tuple(data, fc.dictionary(fc.constantFrom(...Object.keys(stored.metadata.annotations ?? {})), fc.string())); // prettier-ignore
    const edited = texts.map(([drawn, notes]): ConfigMap => {
      const annotations = { ...stored.metadata.annotations, ...notes };
      return { ...stored, metadata: { ...stored.metadata, annotations }, data: { ...stored.data, ...drawn } };
    });
    const bytes = bodies([peersJson]).map((text) => ({
      ...stored,
      data: { ...stored.data, "peers.json": text },
    }));
    fuzz(fc.oneof(edited, bytes).map(shape), (configMap) => {
      const document = readStoredDocument(configMap);
      const plan = planPublication({
        stored: document,
        peers,
        age: 0,
        unchangedFor: 0,
        epoch: 8,
        lastSequence: 0,
        lastHash: undefined,
        restoredAt: -Infinity,
        shrink: undefined,
        now: 1_000,
      });
      if (plan.action !== "write") return;
      assert.ok(plan.revision.epoch >= document.epoch);
      JSON.stringify(publicationPatch(document, plan, "stellar/alpha-0/uid"));
    });
  });

  it("the ConfigMap's metadata: what is taken from the own picture has the hash that was stated", () => {
    const annotations = fc.dictionary(fc.constantFrom(...Object.keys(stored.metadata.annotations ?? {}), "peer-discovery.stellar.org/revision"), fc.oneof(fc.string(), fc.constantFrom("7.4", "8.1", "x"))); // prettier-ignore
    fuzz(annotations, (notes) => {
      const watched = { ...stored, metadata: { ...stored.metadata, annotations: { ...stored.metadata.annotations, ...notes } } }; // prettier-ignore
      const hash = stored.metadata.annotations?.["peer-discovery.stellar.org/hash"] ?? "";
      const plan = planIntake({
        watched,
        taken: [],
        held: undefined,
        picture: { peers, hash },
        waited: 0,
        patience: 1,
      });
      if (plan.action === "adopt") assert.equal(plan.document.hash, hash);
    });
  });

  it("/info: data or a failure with a reason, and a verdict on Core either way", () => {
    fuzz(bodies([core.syncedInfo.body, core.bootingInfo]), (body) => {
      const info = readInfo({ status: 200, body });
      if (!info.ok) assert.notEqual(info.detail, "");
      else assert.ok(Number.isFinite(info.value.ledgerAge) && info.value.authenticatedPeers >= 0);
      assert.notEqual(decideHealth(info, undefined, undefined, 0).detail, "");
    });
  });

  it("/peers: data or a failure with a reason", () => {
    fuzz(bodies([core.syncedPeers.body]), (body) => {
      const read = readPeers({ status: 200, body });
      if (!read.ok) return assert.notEqual(read.detail, "");
      for (const { address } of read.value) assert.equal(typeof address, "string");
    });
  });

  it("StellarNodes and EndpointSlices: the picture is a document that every reader takes", () => {
    const node = objects.node("alpha", { namespace: "stellar" });
    const slice = objects.slice("alpha", [objects.endpoint("10.0.0.1", { pod: "alpha-0" })], {
      namespace: "stellar",
    });
    // No two objects of one kind bear the same name.
    const unlike = (
      seed: unknown,
      read: (object: unknown) => { readonly namespace: string; readonly name: string } | undefined,
    ) =>
      fc.uniqueArray(
        mutatedJson([seed]).filter((object) => read(object)?.name !== "alpha"),
        { selector: (object) => `${read(object)?.namespace}/${read(object)?.name}` },
      );
    const both = fc.record({
      nodes: unlike(node, readStellarNode),
      slices: unlike(slice, readEndpointSlice),
    });
    const one = fc.record({ node: mutatedJson([node]), slice: mutatedJson([slice]) });
    const check = (observed: {
      readonly nodes?: readonly unknown[];
      readonly slices: readonly unknown[];
    }): void => {
      const read = parsePeerDocument({ ...renderPeers(picture(observed).peers), revision: "1.1" });
      assert.ok(read.ok, read.ok ? "" : read.detail);
    };
    fuzz(both, ({ nodes, slices }) => [{ nodes, slices }, { slices }, { nodes: [...nodes, node], slices: [...slices, slice] }].forEach(check), 0.2); // prettier-ignore
    fuzz(
      one,
      (drawn) => {
        for (const nodes of [[drawn.node], [node], undefined])
          for (const slices of [[drawn.slice], [slice]]) check({ ...(nodes && { nodes }), slices });
      },
      0.2,
    );
  });
});
