import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EventNote } from "../../../kube/EventRecorder.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import { AccountCheck } from "../../../webhook/provision/AccountCheck.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makePod } from "./makePod.ts";

class Scene {
  readonly clock = new VirtualClock();
  readonly log = new RecordedLog();
  readonly events: EventNote[] = [];
  readonly asked: string[] = [];
  /** What asking for each account, by name, fails with. */
  readonly failures: Map<string, number>;
  counts: ReadonlyMap<string, number> = new Map();
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(failures: Readonly<Record<string, number>> = {}) {
    this.failures = new Map(Object.entries(failures));
    const get = ({ name = "", namespace = "" }): Promise<object> => {
      this.asked.push(`${this.clock.monotonic() / 1_000} ${namespace}/${name}`);
      const status = this.failures.get(name);
      return status === undefined
        ? Promise.resolve({})
        : Promise.reject(new ApiError({ status, reason: "Failed", message: `status ${status}` }));
    };
    const pods = [
      makePod("v0", { agent: "1", account: "v" }),
      makePod("v1", { agent: "1", account: "v" }),
      makePod("w0", { agent: "1", account: "w" }),
      makePod("elsewhere", { agent: "1", account: "x", namespace: "not-enabled" }),
    ];
    const check = new AccountCheck({
      api: { get } as unknown as KubeApi,
      clock: this.clock,
      log: this.log,
      metrics: {
        namespaces: () => undefined,
        problems: () => undefined,
        pods: () => undefined,
        evicted: () => undefined,
        missingAccounts: (counts) => void (this.counts = counts),
      },
      events: { record: (note) => void this.events.push(note) },
      observe: () => ({ namespaces: new Map([["a", {}]]), injected: pods, bare: [] }),
    });
    this.#running = check.run(this.#stop.signal).catch((error: unknown) => error);
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

describe("AccountCheck", () => {
  it("asks for each account of enabled namespaces once in ten minutes", async () => {
    const scene = new Scene();
    await scene.clock.advance(1_150_000);
    assert.deepEqual(
      scene.asked.map((line) => line.split(" ")[1]),
      ["a/v", "a/w", "a/v", "a/w"],
    );
    assert.deepEqual(scene.log.about("provision.account"), []);
    assert.equal(scene.counts.size, 0);
    await scene.end();
  });

  it("tells once of an account that does not exist, on each of its pods, and of its return", async () => {
    const scene = new Scene({ v: 404 });
    await scene.clock.advance(200_000);
    assert.equal(scene.log.about("provision.account").length, 1);
    assert.deepEqual(
      scene.events.map(({ reason, regarding }) => `${reason} ${regarding.name}`),
      ["ServiceAccountMissing v0", "ServiceAccountMissing v1"],
    );
    assert.deepEqual([...scene.counts], [["a", 1]]);
    assert.equal(scene.asked.filter((line) => line.endsWith("/v")).length, 4);
    scene.failures.clear();
    await scene.clock.advance(70_000);
    assert.equal(scene.log.about("provision.account").length, 2);
    assert.equal(scene.counts.size, 0);
    await scene.end();
    assert.equal(scene.counts.size, 0);
  });

  it("takes no error for an absence, and says so once", async () => {
    const scene = new Scene({ v: 403, w: 403 });
    await scene.clock.advance(100_000);
    assert.deepEqual(scene.log.about("provision.account"), []);
    assert.equal(scene.log.about("provision.failed").length, 1);
    assert.equal(scene.counts.size, 0);
    await scene.end();
  });
});
