import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IncomingContent } from "../../../agent/apply/IncomingContent.ts";
import type { PodEvent } from "../../../agent/PodEvents.ts";
import { hashPeers } from "../../../contract/hashPeers.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makeValidator } from "./makeValidator.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

type Data = Readonly<Record<string, string | undefined>>;

const two: Data = { ...renderPeers([makeValidator(1), makeValidator(2)]), revision: "1.1" };
const three: Data = { ...renderPeers([1, 2, 3].map((index) => makeValidator(index))), revision: "1.2" };

class Scene {
  readonly clock = new VirtualClock();
  readonly log = new RecordedLog();
  readonly metrics = new RecordedApplyMetrics();
  readonly events: PodEvent[] = [];
  readonly content = new IncomingContent({
    source: "file",
    clock: this.clock,
    log: this.log,
    metrics: this.metrics,
    events: { record: (event) => void this.events.push(event) },
  });

  get names(): readonly string[] | undefined {
    return this.content.current()?.document.peers.map(({ name }) => name);
  }
}

describe("what one way in has brought", () => {
  it("is nothing at first", () => {
    const { content } = new Scene();
    assert.equal(content.current(), undefined);
    assert.deepEqual(content.status(), { revision: undefined, hash: undefined, refusal: undefined });
  });

  it("is a good document with the time it came", async () => {
    const scene = new Scene();
    await scene.clock.advance(700);
    assert.equal(scene.content.take(two), true);
    assert.deepEqual(scene.names, ["v1", "v2"]);
    assert.equal(scene.content.current()?.receivedAt, 700);
    assert.deepEqual(scene.content.status(), {
      revision: "1.1",
      hash: hashPeers(two["peers.json"] ?? ""),
      refusal: undefined,
    });
    assert.deepEqual(scene.metrics.counted, ["received file"]);
  });

  it("stays the same, time and all, when the same comes again", async () => {
    const scene = new Scene();
    scene.content.take(two);
    await scene.clock.advance(700);
    assert.equal(scene.content.take({ ...two }), false);
    assert.equal(scene.content.current()?.receivedAt, 0);
    assert.equal(scene.metrics.times("received file"), 1);
  });

  it("is new when the revision alone is, and when an older one comes back", () => {
    const { content } = new Scene();
    assert.equal(content.take(three), true);
    assert.equal(content.take({ ...three, revision: "2.1" }), true);
    assert.equal(content.take(two), true);
    assert.equal(content.status().revision, "1.1");
  });

  const text = two["peers.json"] ?? "";
  const refused: readonly (readonly [string, Data, string])[] = [
    ["a truncated list", { ...two, "peers.json": text.slice(0, -20) }, "not-json"],
    ["an empty file", { ...two, "peers.json": "" }, "not-json"],
    ["a list that fails its schema", { ...two, "peers.json": `[{"name": "v1"}]` }, "schema"],
    [
      "an address that contradicts itself",
      { ...two, "peers.json": text.replace("10.0.0.1:", "10.0.0.9:") },
      "inconsistent",
    ],
    ["no list", { revision: "1.1" }, "missing"],
    ["no revision", { "peers.json": text }, "revision"],
    ["half a revision", { ...two, revision: "1." }, "revision"],
    ["a list of more than 1 MiB", { ...two, "peers.json": text.padEnd(1_048_577) }, "too-large"],
  ];
  for (const [what, data, reason] of refused)
    it(`keeps the last good list when ${what} comes, says why and counts it, once`, () => {
      const { content, log, metrics } = new Scene();
      content.take(three);
      const before = content.current();
      for (let look = 0; look < 3; look += 1) assert.equal(content.take(data), false);
      assert.equal(content.current(), before);
      assert.equal(content.status().revision, "1.2");
      assert.equal(content.status().refusal?.reason, reason);
      assert.equal(metrics.times(`rejected file ${reason}`), 1);
      const [line, ...more] = log.about("document.rejected");
      assert.deepEqual([line?.level, line?.["source"], line?.["reason"], more], ["warn", "file", reason, []]);
      assert.match(line?.message ?? "", /the last good one stays$/);
    });

  it("is shown as an Event when it is refused", () => {
    const { content, events } = new Scene();
    content.take({ ...two, "peers.json": "[" });
    assert.deepEqual([events[0]?.reason, events[0]?.type, events.length], ["PeersRefused", "Warning", 1]);
    assert.match(events[0]?.note ?? "", /the document from the file is not used: .*JSON/);
  });

  it("says that there is no list yet when the first is refused", () => {
    const { content, log } = new Scene();
    content.take({ "peers.json": "{", revision: "1.1" });
    assert.equal(content.current(), undefined);
    assert.match(log.about("document.rejected")[0]?.message ?? "", /there is none yet$/);
  });

  it("has nothing refused any more once a good list comes, be it the one that it had", () => {
    const { content } = new Scene();
    content.take(two);
    content.take({ "peers.json": "{", revision: "1.1" });
    content.take(two);
    assert.deepEqual(content.status(), {
      revision: "1.1",
      hash: hashPeers(two["peers.json"] ?? ""),
      refusal: undefined,
    });
  });
});
