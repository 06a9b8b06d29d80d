import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { MountedDocuments } from "../../../agent/apply/MountedDocuments.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { Heartbeat } from "../../../runtime/Heartbeat.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { eventually } from "../../runtime/eventually.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makeValidator } from "./makeValidator.ts";
import { MountedDirectory } from "./MountedDirectory.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

/** Well under the 15 s after which everything is read anyway: so that only the watch can have seen it. */
const soon = 5_000;

function files(count: number, revision: string): Readonly<Record<string, string>> {
  const peers = Array.from({ length: count }, (_, index) => makeValidator(index + 1));
  return { ...renderPeers(peers), revision };
}

/** The loop over one directory. */
class Scene {
  readonly log = new RecordedLog();
  readonly metrics = new RecordedApplyMetrics();
  readonly documents: MountedDocuments;
  changes = 0;
  readonly #stop = new AbortController();
  readonly #ended: Promise<unknown>;

  constructor(
    directory: string,
    clock: VirtualClock | typeof systemClock = systemClock,
    heartbeat?: Heartbeat,
  ) {
    this.documents = new MountedDocuments({
      directory,
      clock,
      log: this.log,
      metrics: this.metrics,
      onChange: () => (this.changes += 1),
      ...(heartbeat && { heartbeat }),
    });
    this.#ended = this.documents.run(this.#stop.signal).catch((error: unknown) => error);
  }

  get revision(): string | undefined {
    return this.documents.status().revision;
  }

  async has(revision: string): Promise<void> {
    await eventually(`document ${revision} came in`, soon, () => this.revision === revision);
  }

  async refuses(reason: string): Promise<void> {
    await eventually(`a refusal: ${reason}`, soon, () => this.documents.status().refusal?.reason === reason);
  }

  /** What the loop rejected with. */
  async end(reason = new Error("the test ends")): Promise<unknown> {
    this.#stop.abort(reason);
    return this.#ended;
  }
}

describe("the documents of the mounted directory", () => {
  let mounted: MountedDirectory;
  const scenes: Scene[] = [];

  function open(...options: ConstructorParameters<typeof Scene>): Scene {
    const scene = new Scene(...options);
    scenes.push(scene);
    return scene;
  }

  beforeEach(async () => {
    mounted = await MountedDirectory.make();
  });

  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end();
    await mounted.remove();
  });

  it("are there at the start, and follow each swap of ..data within moments", async () => {
    await mounted.swap(files(1, "1.1"));
    const scene = open(mounted.path);
    await scene.has("1.1");
    for (const revision of ["1.2", "1.3", "2.1"]) {
      await mounted.swap(files(2, revision));
      await scene.has(revision);
    }
    assert.equal(scene.changes, 4);
    assert.equal(scene.metrics.times("received file"), 4);
  });

  it("come in when the directory was empty at first, as the ConfigMap is optional", async () => {
    const scene = open(mounted.path);
    await mounted.swap(files(1, "1.1"));
    await scene.has("1.1");
  });

  it("tell nobody of a swap that brings the same", async () => {
    await mounted.swap(files(1, "1.1"));
    const scene = open(mounted.path);
    await scene.has("1.1");
    await mounted.swap(files(1, "1.1"));
    await mounted.swap(files(1, "1.2"));
    await scene.has("1.2");
    assert.equal(scene.changes, 2);
  });

  const good = files(2, "1.2");
  const broken: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ["is truncated", { ...good, "peers.json": (good["peers.json"] ?? "").slice(0, 40) }, "not-json"],
    ["fails its schema", { ...good, "peers.json": `[{"name": 1}]` }, "schema"],
  ];
  for (const [what, data, reason] of broken)
    it(`stay as they were when peers.json ${what}: it says why, counts it, and takes the next good one`, async () => {
      await mounted.swap(files(1, "1.1"));
      const scene = open(mounted.path);
      await scene.has("1.1");
      await mounted.swap(data);
      await scene.refuses(reason);
      assert.equal(scene.documents.current()?.document.peers.length, 1);
      assert.equal(scene.metrics.times(`rejected file ${reason}`), 1);
      assert.deepEqual(
        scene.log.about("document.rejected").map((line) => line["reason"]),
        [reason],
      );
      assert.equal(scene.changes, 1);
      await mounted.swap(files(2, "1.3"));
      await scene.has("1.3");
      assert.equal(scene.documents.status().refusal, undefined);
    });

  it("stay as they were when the ConfigMap is deleted", async () => {
    await mounted.swap(files(1, "1.1"));
    const scene = open(mounted.path);
    await scene.has("1.1");
    await mounted.swap({});
    assert.equal(scene.revision, "1.1");
    await mounted.swap(files(1, "1.2"));
    await scene.has("1.2");
    assert.equal(scene.changes, 2);
  });

  it("are read every 15 s, should the watch have lost an event, and the loop shows that it lives", async () => {
    await mounted.swap(files(1, "1.1"));
    const clock = new VirtualClock();
    const heartbeat = new Heartbeat("mounted documents", clock, 30_000);
    const scene = open(mounted.path, clock, heartbeat);
    await scene.has("1.1");
    await mounted.swap(files(1, "1.2"));
    await scene.has("1.2");
    // Within the set, which nobody watches.
    await writeFile(join(mounted.path, "..data", "revision"), "1.3");
    await eventually("it reads again", soon, async () => {
      await clock.advance(15_000);
      return scene.revision === "1.3" && heartbeat.overdue() === 0;
    });
  });

  it("come back after trouble with the file system, which is said and counted once", async () => {
    await mkdir(join(mounted.path, "peers.json"));
    const clock = new VirtualClock();
    const scene = open(mounted.path, clock);
    await scene.refuses("unreadable");
    for (let read = 0; read < 3; read += 1) await clock.advance(15_000);
    assert.equal(scene.metrics.times("rejected file unreadable"), 1);
    assert.equal(scene.log.about("document.rejected").length, 1);
    await rm(join(mounted.path, "peers.json"), { recursive: true });
    await mounted.swap(files(1, "1.1"));
    await eventually("it reads again", soon, async () => {
      await clock.advance(15_000);
      return scene.revision === "1.1";
    });
    assert.equal(scene.documents.status().refusal, undefined);
  });

  it("end with the signal's reason", async () => {
    const reason = new Error("asked to");
    assert.equal(await open(mounted.path).end(reason), reason);
  });
});
