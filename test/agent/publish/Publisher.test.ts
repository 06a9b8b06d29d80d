import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { PodEvent } from "../../../agent/PodEvents.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { Peer } from "../../../contract/Peer.ts";
import type { ConfigMap } from "../../../agent/publish/ConfigMap.ts";
import { PublicationRefusedError } from "../../../agent/publish/PublicationRefusedError.ts";
import { Publisher } from "../../../agent/publish/Publisher.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { SmallApi } from "../../kube/election/SmallApi.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makePeer } from "./makePeer.ts";
import { makeStored } from "./makeStored.ts";

const three = [makePeer(1), makePeer(2), makePeer(3)];

/** A publisher in its term, against an API of its own. */
class Scene {
  readonly clock = new VirtualClock();
  readonly api = new SmallApi(this.clock);
  readonly log = new RecordedLog();
  readonly counted: string[] = [];
  readonly events: PodEvent[] = [];
  peers: readonly Peer[] | undefined = three;
  age = 0;
  readonly publisher: Publisher;
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();

  constructor() {
    const count = (what: string) => () => void this.counted.push(what);
    this.publisher = new Publisher({
      api: this.api,
      clock: this.clock,
      log: this.log,
      random: { next: () => 0.5 },
      configMap: { namespace: "stellar-system", name: "stellar-peers" },
      holder: "validators/v001-0/uid",
      picture: {
        current: () => this.peers && { peers: this.peers, omissions: [] },
        age: () => this.age,
        unchangedFor: () => 0,
      },
      seen: () => undefined,
      events: { record: (event) => void this.events.push(event) },
      metrics: {
        written: count("written"),
        failed: count("failed"),
        conflict: count("conflict"),
        refused: count("refused"),
        restored: count("restored"),
        withholding: () => undefined,
        withheld: (reason) => void this.counted.push(`withheld ${reason}`),
      },
    });
  }

  lead(epoch = 7): this {
    this.#ended = this.publisher.lead({ epoch }, this.#stop.signal).then(
      () => "ended",
      (error: unknown) => error,
    );
    return this;
  }

  /** What the term came to. */
  ended(): Promise<unknown> {
    return this.#ended;
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("closed by the test"));
    await this.clock.advance(10);
    await this.#ended;
  }

  see(...peers: Peer[]): void {
    this.peers = peers;
    this.publisher.notify();
  }

  stored(): ConfigMap | undefined {
    return this.api.read("ConfigMap", "stellar-peers");
  }

  revision(): string | undefined {
    return this.stored()?.data?.["revision"];
  }

  /** Of the Events on the agent's pod. */
  reasons(): readonly string[] {
    return this.events.map((event) => event.reason);
  }

  count(what: string): number {
    return this.counted.filter((entry) => entry === what).length;
  }
}

let scene = new Scene();

function open(stored?: ConfigMap): Scene {
  scene = new Scene();
  if (stored) scene.api.put(stored, "stellar-peer-provisioner");
  return scene;
}

function failing(status: number, times: number, verb = "patch"): void {
  let left = times;
  scene.api.before = (call) => {
    if (call.verb === verb && (left -= 1) >= 0)
      throw new ApiError({ status, reason: "Failed", message: `status ${status}` });
  };
}

describe("Publisher", () => {
  afterEach(() => scene.close());

  it("publishes at once when its term begins", async () => {
    open(makeStored([], "0.0")).lead();
    await scene.clock.advance(10);
    assert.equal(scene.revision(), "7.1");
    assert.equal(
      scene.stored()?.metadata.annotations?.["peer-discovery.stellar.org/holder"],
      "validators/v001-0/uid",
    );
    assert.equal(scene.publisher.status().revision, "7.1");
    assert.equal(scene.log.about("peers.published").length, 1);
  });

  it("writes nothing, and asks for nothing, as long as nothing changes", async () => {
    open(makeStored(three, "5.2")).lead();
    await scene.clock.advance(600_000);
    assert.equal(scene.revision(), "5.2");
    const gets = scene.api.calls.filter((call) => call.verb === "get").length;
    assert.ok(gets <= 2, `${gets} times read in ten minutes`);
  });

  it("writes the first change after a quiet time quickly, a storm once a second", async () => {
    open(makeStored(three, "7.1")).lead();
    await scene.clock.advance(10_000);
    scene.see(...three, makePeer(4));
    await scene.clock.advance(150);
    assert.equal(scene.revision(), "7.2");
    for (let index = 5; index < 105; index += 1) {
      scene.see(...three, makePeer(index));
      await scene.clock.advance(50);
    }
    await scene.clock.advance(1000);
    assert.ok(scene.count("written") <= 8, `${scene.count("written")} writes`);
    assert.ok(scene.stored()?.data?.["peers.json"]?.includes("v104"));
  });

  it("waits for a fresh picture", async () => {
    open(makeStored([], "0.0"));
    scene.age = 60_000;
    scene.lead();
    await scene.clock.advance(20_000);
    assert.equal(scene.revision(), "0.0");
    assert.equal(scene.publisher.status().withheld?.reason, "no-picture");
    assert.equal(scene.log.about("peers.withheld").length, 1);
    scene.age = 100;
    await scene.clock.advance(6000);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.publisher.status().withheld, undefined);
  });

  it("waits for a ConfigMap that does not exist, says so once, and writes when it is there", async () => {
    open().lead();
    await scene.clock.advance(60_000);
    const lines = scene.log.about("peers.withheld");
    assert.equal(lines.length, 1);
    assert.match(lines[0]?.message ?? "", /ConfigMap stellar-system\/stellar-peers does not exist/);
    scene.api.put(makeStored([], "0.0"));
    await scene.clock.advance(200);
    assert.equal(scene.revision(), "7.1");
  });

  it("writes anew into a ConfigMap that was deleted and made again", async () => {
    open(makeStored([], "0.0")).lead();
    await scene.clock.advance(5000);
    scene.api.remove("ConfigMap", "stellar-peers");
    await scene.clock.advance(2000);
    assert.equal(scene.publisher.status().withheld?.reason, "no-configmap");
    scene.api.put(makeStored([], "0.0"));
    await scene.clock.advance(2000);
    assert.equal(scene.revision(), "7.2");
  });

  it("retries until the document took, and counts no write twice when only the answer was lost", async () => {
    open(makeStored([], "0.0")).lead();
    failing(503, 4);
    await scene.clock.advance(60_000);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.count("failed"), 4);
    assert.equal(scene.log.about("peers.failed").filter((line) => line.level === "warn").length, 1);
    let lost = 1;
    scene.api.after = (call) => {
      if (call.verb === "patch" && (lost -= 1) === 0)
        throw new ApiError({ status: 0, reason: "Timeout", message: "no answer" });
    };
    scene.see(...three, makePeer(4));
    await scene.clock.advance(60_000);
    assert.equal(scene.revision(), "7.2");
  });

  it("obeys Retry-After", async () => {
    open(makeStored([], "0.0")).lead();
    let refused = 1;
    scene.api.before = (call) => {
      if (call.verb === "patch" && (refused -= 1) === 0)
        throw new ApiError({ status: 429, reason: "TooManyRequests", message: "slow", retryAfter: 40_000 });
    };
    await scene.clock.advance(39_900);
    assert.equal(scene.revision(), "0.0");
    await scene.clock.advance(200);
    assert.equal(scene.revision(), "7.1");
  });

  it("reads again on a conflict", async () => {
    open(makeStored([], "0.0"));
    let raced = 1;
    scene.api.before = (call) => {
      if (call.verb === "patch" && (raced -= 1) === 0) scene.api.put(makeStored([makePeer(9)], "6.3"));
    };
    scene.lead();
    await scene.clock.advance(100);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.count("conflict"), 1);
  });

  it("is through in 200 ms when the server's copy of the Lease was old", async () => {
    open(makeStored([], "0.0")).lead();
    failing(422, 3);
    await scene.clock.advance(200);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.log.about("peers.refused").length, 0);
  });

  for (const status of [403, 422]) {
    it(`explains itself and steps down when the server refuses its writes with ${status}`, async () => {
      open(makeStored([], "0.0")).lead();
      failing(status, Infinity);
      await scene.clock.advance(1000);
      const error = await scene.ended();
      assert.ok(error instanceof PublicationRefusedError && error.cause instanceof ApiError);
      assert.match(scene.log.about("peers.refused")[0]?.message ?? "", /fencing policy.*rights to patch/);
      assert.deepEqual(scene.reasons(), ["PublicationRefused"]);
      assert.equal(scene.revision(), "0.0");
    });
  }

  it("publishes a halved list only after a second look", async () => {
    open(makeStored([...three, makePeer(4), makePeer(5)], "7.1"));
    scene.see(makePeer(1));
    scene.lead();
    await scene.clock.advance(29_500);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.publisher.status().withheld?.reason, "shrinking");
    await scene.clock.advance(1500);
    assert.equal(scene.revision(), "7.2");
  });

  it("leaves the last good document when the next does not fit, and says so", async () => {
    open(makeStored(three, "7.1")).lead();
    scene.see(...Array.from({ length: 8000 }, (_value, index) => makePeer(index)));
    await scene.clock.advance(60_000);
    assert.equal(scene.revision(), "7.1");
    assert.equal(scene.count("withheld too-large"), 1);
    assert.equal(scene.log.about("peers.withheld")[0]?.level, "error");
    assert.deepEqual(scene.reasons(), ["PeersTooLarge"]);
    scene.see(...three, makePeer(4));
    await scene.clock.advance(1100);
    assert.equal(scene.revision(), "7.2");
  });

  it("names another writer and restores its document at most once in 30 s", async () => {
    open(makeStored(three, "7.1")).lead();
    scene.see(...three, makePeer(4));
    await scene.clock.advance(5000);
    const other = () => {
      const stored = scene.stored();
      assert.ok(stored);
      scene.api.put(
        { ...stored, data: { ...stored.data, "peers.json": "[]" } } as ConfigMap,
        "stellar-operator",
      );
    };
    for (let second = 0; second < 90; second += 1) {
      other();
      await scene.clock.advance(1000);
    }
    assert.ok(
      scene.count("restored") >= 3 && scene.count("restored") <= 4,
      `${scene.count("restored")} times`,
    );
    const warnings = scene.log.about("peers.conflict").filter((line) => line.level === "warn");
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0]?.["writer"], "stellar-operator");
    assert.deepEqual(scene.reasons(), ["OtherWriter"]);
    assert.equal(scene.publisher.status().otherWriter, "stellar-operator");
    await scene.clock.advance(31_000);
    assert.ok(scene.stored()?.data?.["peers.json"]?.includes("v004"));
  });

  it("withholds when the stored epoch is far ahead", async () => {
    open(makeStored([], "29.1")).lead();
    await scene.clock.advance(60_000);
    assert.equal(scene.revision(), "29.1");
    assert.match(scene.publisher.status().withheld?.detail ?? "", /epoch 29, this leader's is 7/);
  });

  it("gives way when a few changes of leader make up for what the stored epoch is ahead", async () => {
    open(makeStored([], "9.1")).lead();
    await scene.clock.advance(1_000);
    const error = await scene.ended();
    assert.ok(error instanceof PublicationRefusedError);
    assert.match(error.message, /epoch 9, this leader's is 7/);
    assert.equal(scene.revision(), "9.1");
  });

  it("ends with its term, in the middle of a write too", async () => {
    open(makeStored([], "0.0")).lead();
    scene.api.before = (call, signal) =>
      call.verb === "patch" ? scene.clock.sleep(9000, signal) : undefined;
    await scene.clock.advance(100);
    await scene.close();
    assert.equal(await scene.ended(), "ended");
    assert.equal(scene.revision(), "0.0");
    assert.equal(scene.publisher.status().epoch, undefined);
  });
});
