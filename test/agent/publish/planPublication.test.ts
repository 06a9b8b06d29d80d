import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { annotations } from "../../../contract/annotations.ts";
import { compareRevisions } from "../../../contract/compareRevisions.ts";
import type { Peer } from "../../../contract/Peer.ts";
import type { ConfigMap } from "../../../agent/publish/ConfigMap.ts";
import { planPublication } from "../../../agent/publish/planPublication.ts";
import type { PublicationInput, PublicationPlan } from "../../../agent/publish/planPublication.ts";
import { publicationPatch } from "../../../agent/publish/publicationPatch.ts";
import { readStoredDocument } from "../../../agent/publish/readStoredDocument.ts";
import { makePeer } from "./makePeer.ts";
import { makeStored } from "./makeStored.ts";

type Data = Record<string, string | null>;

const three = [makePeer(1), makePeer(2), makePeer(3)];

function plan(
  stored: ConfigMap,
  peers: readonly Peer[],
  more: Partial<PublicationInput> = {},
): PublicationPlan {
  return planPublication({
    stored: readStoredDocument(stored),
    peers,
    age: 0,
    unchangedFor: 0,
    epoch: 7,
    lastSequence: 0,
    lastHash: undefined,
    restoredAt: -Infinity,
    shrink: undefined,
    now: 1_000_000,
    ...more,
  });
}

function revisionOf(result: PublicationPlan): string {
  assert.equal(result.action, "write");
  return result.action === "write" ? `${result.revision.epoch}.${result.revision.sequence}` : "";
}

function reasonOf(result: PublicationPlan): string {
  return result.action === "withhold" ? result.reason : result.action;
}

function withData(stored: ConfigMap, data: Record<string, string>): ConfigMap {
  return { ...stored, data: { ...stored.data, ...data } };
}

describe("planPublication", () => {
  it("writes nothing when nothing changed, in whatever order the validators come", () => {
    assert.equal(plan(makeStored(three, "7.4"), three.toReversed()).action, "nothing");
  });

  it("leaves the same document of an older epoch alone", () => {
    assert.equal(plan(makeStored(three, "3.9"), three).action, "nothing");
  });

  it("resigns where its predecessor's revision of the same epoch was edited away", () => {
    const written = makeStored(three, "7.4");
    for (const revision of ["", "newest"]) {
      const edited = withData(written, { revision });
      assert.equal(plan(edited, three).action, "resign");
      assert.equal(revisionOf(plan(edited, three, { lastSequence: 4 })), "7.5");
      assert.equal(revisionOf(plan(edited, three, { epoch: 8 })), "8.1");
    }
  });

  it("resigns in a predecessor's epoch of which the document shows nothing", () => {
    const older = makeStored(three, "3.9");
    const two = three.slice(0, 2);
    assert.equal(plan(older, two, { unaware: true }).action, "resign");
    assert.equal(plan(older, three, { unaware: true }).action, "nothing");
    assert.equal(revisionOf(plan(older, two, { unaware: true, lastSequence: 2 })), "7.3");
    assert.equal(revisionOf(plan(makeStored(three, "7.4"), two, { unaware: true })), "7.5");
    assert.equal(revisionOf(plan(older, two)), "7.1");
  });

  it("does not use a number twice when its answer was lost and what was written then edited or deleted", () => {
    const attempt = { sequence: 6, over: "the version before" };
    const edited = withData(makeStored(three, "7.6"), { revision: "newest" });
    assert.equal(revisionOf(plan(edited, three, { lastSequence: 5, attempt })), "7.7");
    const restored = makeStored(three, "7.4");
    const two = three.slice(0, 2);
    assert.equal(revisionOf(plan(restored, two, { lastSequence: 5, attempt })), "7.7");
  });

  it("uses the number of a write that did not take place", () => {
    const waiting = makeStored(three, "7.5");
    const attempt = { sequence: 6, over: waiting.metadata.resourceVersion ?? "" };
    assert.equal(revisionOf(plan(waiting, three.slice(0, 2), { lastSequence: 5, attempt })), "7.6");
  });

  it("continues the sequence within its epoch", () => {
    assert.equal(revisionOf(plan(makeStored(three, "7.4"), [...three, makePeer(4)])), "7.5");
  });

  it("begins a new epoch with sequence 1", () => {
    assert.equal(revisionOf(plan(makeStored(three, "6.40"), [...three, makePeer(4)])), "7.1");
  });

  it("publishes into an empty ConfigMap", () => {
    const empty = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "stellar-peers" } };
    const result = plan(empty, three);
    assert.equal(revisionOf(result), "7.1");
    assert.equal(result.action === "write" && result.restores, false);
  });

  it("does not take the provisioner's first document for somebody else's", () => {
    const first = { ...makeStored([], "0.0"), metadata: { name: "stellar-peers" } };
    const result = plan(first, three);
    assert.equal(result.action === "write" && result.restores, false);
  });

  it("never writes below the stored epoch", () => {
    const four = [...three, makePeer(4)];
    assert.equal(plan(makeStored(three, "8.1"), four).action, "resign");
    assert.equal(plan(makeStored(three, "17.1"), four).action, "resign");
    assert.equal(reasonOf(plan(makeStored(three, "18.1"), four)), "epoch-behind");
  });

  it("goes on from its own last write when the revision was edited back or is unreadable", () => {
    const edited = (revision: string) => withData(makeStored(three, "7.9"), { revision });
    for (const revision of ["latest", ""])
      assert.equal(revisionOf(plan(edited(revision), three, { lastSequence: 9 })), "7.10");
    const four = [...three, makePeer(4)];
    assert.equal(revisionOf(plan(edited("7.2"), four, { lastSequence: 9 })), "7.10");
    assert.equal(plan(edited("7.2"), three, { lastSequence: 9 }).action, "nothing");
  });

  it("resigns where it has a revision of its own epoch that it did not write, and the list does not show", () => {
    const four = [...three, makePeer(4)];
    const seen = { epoch: 7, sequence: 2 };
    assert.equal(plan(makeStored(three, "6.4"), four, { seen }).action, "resign");
    assert.equal(plan(makeStored([], "0.0"), four, { seen }).action, "resign");
    assert.equal(revisionOf(plan(makeStored(three, "7.2"), four, { seen })), "7.3");
    assert.equal(revisionOf(plan(makeStored(three, "7.1"), four, { seen, lastSequence: 2 })), "7.3");
    assert.equal(
      revisionOf(plan(makeStored(three, "6.4"), four, { seen: { epoch: 6, sequence: 9 } })),
      "7.1",
    );
    const later = { epoch: 9, sequence: 1 };
    assert.equal(
      revisionOf(plan(makeStored(three, "6.4"), four, { seen: later })),
      "7.1",
      "a new installation",
    );
  });

  it("puts a revision right that was edited ahead of the fenced epoch", () => {
    const edited = withData(makeStored(three, "7.9"), { revision: "999.1" });
    assert.equal(revisionOf(plan(edited, three, { lastSequence: 9 })), "7.10");
  });

  it("holds a list back that lost more than half, until a second look 30 s later agrees", () => {
    const stored = makeStored([...three, makePeer(4), makePeer(5)], "7.1");
    const now = 1_000_000;
    const first = plan(stored, three.slice(0, 2), { now });
    assert.equal(reasonOf(first), "shrinking");
    const shrink = first.action === "withhold" ? first.shrink : undefined;
    assert.deepEqual(shrink, { count: 2, at: now });
    assert.ok(shrink);
    const at = (later: number, peers = three.slice(0, 2), age = 0) =>
      reasonOf(plan(stored, peers, { now: now + later, shrink, age }));
    assert.equal(at(29_999), "shrinking");
    assert.equal(at(30_000), "write");
    assert.equal(at(30_000, three.slice(0, 2), 30_000), "shrinking", "the picture is from the first look");
    assert.equal(at(30_000, three.slice(0, 1)), "shrinking", "even less than at the first look");
    assert.equal(at(1000, three), "write", "half and more is no shrinking");
  });

  it("counts the first look from when its own picture lost them, whoever led then", () => {
    const stored = makeStored([...three, makePeer(4), makePeer(5)], "6.1");
    const after = (unchangedFor: number, age = 0) =>
      plan(stored, three.slice(0, 2), { now: 1_000_000, unchangedFor, age });
    assert.equal(reasonOf(after(30_000)), "write");
    assert.equal(reasonOf(after(30_000, 30_000)), "shrinking", "nothing was seen since");
    const early = after(20_000);
    assert.ok(early.action === "withhold");
    assert.equal(early.retryAt, 1_010_000);
  });

  it("holds an empty list back as well", () => {
    assert.equal(reasonOf(plan(makeStored(three, "7.1"), [])), "shrinking");
  });

  it("withholds what a ConfigMap can't hold", () => {
    const many = Array.from({ length: 8000 }, (_value, index) => makePeer(index));
    const result = plan(makeStored(three, "7.1"), many);
    assert.equal(reasonOf(result), "too-large");
    assert.match(result.action === "withhold" ? result.detail : "", /8000 validators make \d{7} bytes/);
  });

  it("restores its document at once, then at most once in 30 s, but publishes changes at any time", () => {
    const foreign = withData(makeStored(three, "7.1"), { "peers.json": "[]" });
    const written = plan(makeStored([], "7.1"), three);
    assert.ok(written.action === "write");
    const lastHash = written.hash;
    const first = plan(foreign, three, { lastHash });
    assert.equal(first.action === "write" && first.restores, true);
    const again = { lastHash, restoredAt: 990_000 };
    assert.equal(reasonOf(plan(foreign, three, again)), "other-writer");
    assert.equal(reasonOf(plan(foreign, three, { ...again, now: 1_020_000 })), "write");
    assert.equal(reasonOf(plan(foreign, [...three, makePeer(4)], again)), "write");
  });

  it("puts every kind of edit right", () => {
    const stored = makeStored(three, "7.1");
    const edits: Record<string, ConfigMap> = {
      "a line more in peers.txt": withData(stored, { "peers.txt": "10.9.9.9:11625\n" }),
      "a foreign key": withData(stored, { extra: "x" }),
      "no hash": {
        ...stored,
        metadata: { ...stored.metadata, annotations: { [annotations.epoch]: "7" } },
      },
      "binary data": { ...stored, binaryData: { blob: "AA==" } },
      "broken JSON": withData(stored, { "peers.json": "[" }),
    };
    for (const [edit, configMap] of Object.entries(edits))
      assert.equal(reasonOf(plan(configMap, three)), "write", edit);
  });

  it("patches away the keys of vanished networks and of others", () => {
    const stored = makeStored([makePeer(1), makePeer(2, "pubnet")], "7.1");
    const edited = { ...withData(stored, { extra: "x" }), binaryData: { blob: "AA==" } };
    const result = plan(edited, [makePeer(1), makePeer(3)]);
    assert.ok(result.action === "write");
    const patch = publicationPatch(readStoredDocument(edited), result, "ns/pod/uid");
    assert.equal(patch.type, "strategic");
    const body = patch.body as { metadata: { resourceVersion: string; annotations: object }; data: Data };
    assert.equal(body.metadata.resourceVersion, "1");
    assert.deepEqual(Object.keys(body.metadata.annotations).sort(), [
      annotations.epoch,
      annotations.hash,
      annotations.holder,
      annotations.revision,
    ]);
    assert.equal(body.data["peers.pubnet.txt"], null);
    assert.equal(body.data["extra"], null);
    assert.equal(body.data["peers.testnet.txt"], "10.0.0.2:11625\n10.0.0.4:11625\n");
    assert.equal(body.data["revision"], "7.2");
    assert.deepEqual((patch.body as { binaryData: Data }).binaryData, { blob: null });
  });

  it("only ever lets the revision grow, whoever leads and whatever they see", () => {
    const step = fc.record({
      newLeader: fc.boolean(),
      peers: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 10 }),
      edit: fc.constantFrom("none", "none", "peers", "revision", "annotations"),
      wait: fc.integer({ min: 0, max: 60_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let stored = makeStored([], "0.0");
        let last = { epoch: 0, sequence: 0 };
        let state = {
          epoch: 1,
          lastSequence: 0,
          lastHash: "",
          shrink: undefined as PublicationInput["shrink"],
        };
        let now = 0;
        for (const { newLeader, peers, edit, wait } of steps) {
          now += wait;
          if (newLeader) state = { epoch: state.epoch + 1, lastSequence: 0, lastHash: "", shrink: undefined };
          if (edit === "peers") stored = withData(stored, { "peers.json": "[]" });
          if (edit === "revision" && !newLeader) stored = withData(stored, { revision: "?" });
          if (edit === "annotations") stored = { ...stored, metadata: { name: "stellar-peers" } };
          const wanted = peers.map((index) => makePeer(index));
          const result = plan(stored, wanted, { ...state, now });
          state.shrink = result.action === "withhold" ? result.shrink : undefined;
          if (result.action !== "write") continue;
          assert.ok(compareRevisions(result.revision, last) > 0);
          last = result.revision;
          state.lastSequence = last.sequence;
          state.lastHash = result.hash;
          stored = makeStored(wanted, revisionOf(result));
          assert.equal(plan(stored, wanted, { ...state, now }).action, "nothing", "written once, not twice");
        }
      }),
    );
  });
});
