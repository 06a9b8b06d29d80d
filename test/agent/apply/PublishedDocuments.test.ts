import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PublishedDocuments } from "../../../agent/apply/PublishedDocuments.ts";
import { annotations } from "../../../contract/annotations.ts";
import { formatRevision } from "../../../contract/formatRevision.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { WatchEvent } from "../../../kube/WatchEvent.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { ScriptedApi } from "../../kube/ScriptedApi.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeValidator } from "./makeValidator.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

const configMap = { namespace: "stellar-system", name: "stellar-peers" };
const two = [makeValidator(1), makeValidator(2)];
const three = [...two, makeValidator(3)];

interface Stored extends KubeObject {
  readonly data: Readonly<Record<string, string>>;
}

/** As an agent writes it. */
function stored(resourceVersion: number, peers: readonly Peer[], revision: string): Stored {
  const { hash } = makeDocument(peers, revision);
  const stated = { [annotations.hash]: hash, [annotations.revision]: revision };
  const metadata = { ...configMap, resourceVersion: String(resourceVersion), annotations: stated };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { ...renderPeers(peers), revision } };
}

const unavailable = new ApiError({ status: 503, reason: "ServiceUnavailable", message: "not now" });
const modified = (object: Stored): WatchEvent<KubeObject> => ({ type: "MODIFIED", object });

class Scene {
  readonly clock = new VirtualClock();
  readonly api = new ScriptedApi(this.clock);
  readonly gets: number[] = [];
  readonly seen: string[] = [];
  peers: readonly Peer[] = two;
  pictureAge = 0;
  body: Stored | ApiError = stored(5, two, "1.1");
  readonly documents: PublishedDocuments;
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(first = stored(5, two, "1.1")) {
    const { api, clock } = this;
    api.listAnswers.push({ resourceVersion: first.metadata.resourceVersion ?? "", items: [first] });
    const get = (): Promise<Stored> => {
      this.gets.push(clock.monotonic());
      return this.body instanceof ApiError ? Promise.reject(this.body) : Promise.resolve(this.body);
    };
    api.get = get as unknown as typeof api.get;
    this.documents = new PublishedDocuments({
      api: api as KubeApi,
      clock,
      random: { next: () => 0 },
      log: new RecordedLog(),
      configMap,
      picture: {
        current: () => ({ peers: this.peers, omissions: [] }),
        age: () => this.pictureAge,
        unchangedFor: () => 0,
        hash: () => makeDocument(this.peers).hash,
      },
      metrics: new RecordedApplyMetrics(),
      onChange: () => void this.seen.push(this.revision ?? "none"),
    });
    this.#running = Promise.resolve()
      .then(() => this.documents.run(this.#stop.signal))
      .catch((error: unknown) => error);
  }

  get revision(): string | undefined {
    const current = this.documents.current();
    return current && formatRevision(current.document.revision);
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

describe("PublishedDocuments", () => {
  it("needs no body for a document that its own picture comes to", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    await scene.clock.advance(500);
    assert.equal(scene.revision, "1.1");
    scene.peers = three;
    scene.documents.notify();
    await scene.clock.advance(1_000);
    assert.equal(scene.revision, "1.2");
    assert.deepEqual(scene.documents.current()?.document.peers, three);
    assert.deepEqual(scene.gets, []);
    assert.equal(scene.api.watches[0]?.options.metadataOnly, true);
    await scene.end();
  });

  it("takes the document at once when the picture catches up within a moment", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    await scene.clock.advance(1_100);
    assert.equal(scene.revision, "1.1");
    scene.peers = three;
    scene.documents.notify();
    await scene.clock.advance(1);
    assert.equal(scene.revision, "1.2");
    assert.deepEqual(scene.gets, []);
    await scene.end();
  });

  it("fetches the body when the picture stays another", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    scene.body = stored(8, three, "1.2");
    await scene.clock.advance(2_000);
    assert.equal(scene.revision, "1.2");
    assert.deepEqual(scene.gets, [1_150]);
    await scene.end();
  });

  it("fetches once what is newer than what the watch has shown, which then comes", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([
      { after: 1_000, event: modified(stored(8, three, "1.2")) },
      { after: 500, event: modified(stored(9, three, "1.3")) },
    ]);
    scene.body = stored(9, three, "1.3");
    await scene.clock.advance(5_000);
    assert.deepEqual(scene.seen, ["1.1", "1.3"]);
    assert.equal(scene.gets.length, 1);
    await scene.end();
  });

  it("keeps the last good document, refusing an edit that can't be read", async () => {
    const scene = new Scene();
    const edited = { ...stored(8, two, "1.1"), data: { "peers.json": "[{", revision: "1.1" } };
    scene.api.watchScripts.push([{ after: 1_000, event: modified(edited) }]);
    scene.body = edited;
    await scene.clock.advance(5_000);
    assert.equal(scene.revision, "1.1");
    assert.equal(scene.documents.status().refusal?.reason, "not-json");
    await scene.end();
  });

  it("tries again, ever later, while the body can't be had, and grows old meanwhile", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    scene.body = unavailable;
    await scene.clock.advance(21_000);
    assert.equal(scene.revision, "1.1");
    assert.ok(scene.gets.length >= 4 && scene.gets.length <= 8, `${scene.gets.length} requests`);
    assert.ok(scene.documents.age() >= 20_000, `${scene.documents.age()} ms`);
    scene.body = stored(8, three, "1.2");
    await scene.clock.advance(30_000);
    assert.equal(scene.revision, "1.2");
    await scene.end();
  });

  it("rests on one watch of an hour while its own picture shows that the document holds", async () => {
    const scene = new Scene();
    let oldest = 0;
    for (let minute = 0; minute < 59; minute += 1) {
      await scene.clock.advance(60_000);
      oldest = Math.max(oldest, scene.documents.age());
    }
    assert.equal(scene.api.watches.length, 1);
    assert.equal(scene.api.watches[0]?.options.timeoutSeconds, 3_600);
    assert.equal(oldest, 0);
    await scene.end();
  });

  it("is as old as its picture, when that is no longer asked for with success", async () => {
    const scene = new Scene();
    await scene.clock.advance(100_000);
    for (let seconds = 1; seconds < 60; seconds += 1) {
      scene.pictureAge = seconds * 1_000;
      await scene.clock.advance(1_000);
      const lag = scene.documents.age() - scene.pictureAge;
      assert.ok(lag >= 0 && lag <= 1_000, `${lag} ms more than its picture`);
    }
    await scene.end();
  });

  it("stays alive, however long its watch has rested, while its picture changes and the list follows", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 601_500, event: modified(stored(8, three, "1.2")) }]);
    scene.body = unavailable;
    scene.pictureAge = 25_000;
    await scene.clock.advance(600_000);
    scene.peers = three;
    scene.documents.notify();
    for (let step = 0; step < 30; step += 1) {
      await scene.clock.advance(100);
      assert.ok(scene.documents.age() < 40_000, `${scene.documents.age()} ms`);
    }
    assert.equal(scene.revision, "1.2");
    await scene.end();
  });

  it("looks whether its watch lives after a standstill, though its picture agrees", async () => {
    const scene = new Scene();
    await scene.clock.advance(1_000);
    scene.clock.leap(100_000);
    await scene.clock.advance(1_000);
    assert.ok(scene.documents.age() > 60_000, `${scene.documents.age()} ms`);
    await scene.clock.advance(20_000);
    assert.ok(scene.documents.age() < 20_000, `${scene.documents.age()} ms`);
    await scene.end();
  });

  it("is not brought back by its picture once it has counted as silent", async () => {
    const scene = new Scene();
    const dead = { after: 1_000, end: { reason: "failed" as const, error: unavailable } };
    scene.api.watchScripts.push(...Array.from({ length: 40 }, () => [dead]));
    await scene.clock.advance(500);
    scene.api.listAnswers.splice(0, 1, unavailable);
    scene.peers = three;
    await scene.clock.advance(80_000);
    assert.ok(scene.documents.age() > 70_000);
    scene.peers = two;
    scene.documents.notify();
    await scene.clock.advance(1_000);
    assert.ok(scene.documents.age() > 70_000, `${scene.documents.age()} ms`);
    await scene.end();
  });

  it("takes no content for this version that is older, and asks again", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    scene.body = stored(5, two, "1.1");
    await scene.clock.advance(2_000);
    assert.equal(scene.revision, "1.1");
    assert.ok(scene.gets.length >= 2);
    scene.body = stored(8, three, "1.2");
    await scene.clock.advance(5_000);
    assert.equal(scene.revision, "1.2");
    await scene.end();
  });

  it("waits with the body as long as Retry-After says, whatever happens meanwhile", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([{ after: 1_000, event: modified(stored(8, three, "1.2")) }]);
    scene.body = new ApiError({ status: 429, reason: "TooManyRequests", message: "", retryAfter: 20_000 });
    for (let second = 0; second < 20; second += 1) {
      await scene.clock.advance(1_000);
      scene.documents.notify();
    }
    assert.equal(scene.gets.length, 1);
    await scene.clock.advance(3_000);
    assert.equal(scene.gets.length, 2);
    await scene.end();
  });

  it("opens the watch anew when picture and document differ for 5 s, and then every 30 s until they agree", async () => {
    const scene = new Scene();
    await scene.clock.advance(600_000);
    scene.peers = three;
    scene.documents.notify();
    await scene.clock.advance(4_000);
    assert.equal(scene.api.watches.length, 1);
    await scene.clock.advance(2_000);
    assert.equal(scene.api.watches.length, 2);
    assert.equal(scene.api.watches[1]?.options.timeoutSeconds, 5);
    await scene.clock.advance(90_000);
    assert.equal(scene.api.watches.length, 5);
    assert.equal(scene.api.watches[4]?.options.timeoutSeconds, 30);
    assert.ok(scene.documents.age() <= 30_000, `${scene.documents.age()} ms`);
    scene.peers = two;
    scene.documents.notify();
    await scene.clock.advance(600_000);
    assert.equal(scene.api.watches.length, 6);
    await scene.end();
  });

  it("does not call an old document alive while a watch that was cut off catches up", async () => {
    const scene = new Scene();
    const late = modified(stored(8, three, "1.2"));
    // The first is given up after a while, the second hangs with it until all comes at once.
    scene.api.watchScripts.push([{ after: 90_000, event: late }], [{ after: 80_000, event: late }]);
    scene.body = new ApiError({ status: 0, reason: "Timeout", message: "no answer" });
    // All of the API is cut off, and nothing says so: the picture grows old, too.
    await scene.clock.advance(1_000);
    scene.pictureAge = 70_000;
    await scene.clock.advance(89_500);
    assert.equal(scene.revision, "1.1");
    assert.ok(scene.documents.age() >= 85_000, `${scene.documents.age()} ms`);
    scene.body = stored(8, three, "1.2");
    await scene.clock.advance(10_000);
    assert.equal(scene.revision, "1.2");
    assert.ok(scene.documents.age() < 30_000, `${scene.documents.age()} ms`);
    await scene.end();
  });

  it("that has gone leaves the last good document, and proves nothing of it", async () => {
    const scene = new Scene();
    scene.api.watchScripts.push([
      { after: 1_000, event: { type: "DELETED", object: stored(6, two, "1.1") } },
    ]);
    await scene.clock.advance(500);
    assert.ok(scene.documents.age() < 1_000);
    await scene.clock.advance(65_000);
    assert.equal(scene.revision, "1.1");
    assert.ok(scene.documents.age() > 60_000, String(scene.documents.age()));
    await scene.end();
  });
});
