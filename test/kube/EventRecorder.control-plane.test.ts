import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventRecorder, type EventNote } from "../../kube/EventRecorder.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { RecordedLog } from "./election/RecordedLog.ts";

const control = await useControlPlane(import.meta.url);

interface Event extends KubeObject {
  readonly reason: string;
  readonly note: string;
}

describe("an event recorder on a real API server", { skip: control.skip, timeout: 60_000 }, () => {
  let api: HttpKubeApi;
  let namespace: string;
  let recorder: EventRecorder;
  let running: Promise<unknown>;
  const log = new RecordedLog();
  const ending = new AbortController();
  const note = (reason: string, text: string): EventNote => ({
    regarding: { apiVersion: "v1", kind: "Pod", namespace, name: "v0" },
    type: "Warning",
    reason,
    action: "Test",
    note: text,
  });
  const events = async (): Promise<readonly Event[]> =>
    (
      await api.list<Event>(
        { apiVersion: "events.k8s.io/v1", kind: "Event", namespace },
        { signal: ending.signal },
      )
    ).items;

  before(async () => {
    if (control.skip) return;
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    namespace = await control.namespace("events");
    const controller = "peer-discovery.stellar.org/test";
    recorder = new EventRecorder({ api, clock: systemClock, log, controller, instance: "v0" });
    running = recorder.run(ending.signal).catch(() => undefined);
  });
  after(async () => {
    if (control.skip) return;
    ending.abort();
    await running;
    api.close();
  });

  it("writes an Event that the server accepts, and the same one once", async () => {
    recorder.record(note("First", "ä".repeat(2000)));
    recorder.record(note("Second", "two"));
    recorder.record(note("Second", "two"));
    recorder.record(note("Second", "another"));
    const found = await eventually("three Events", 10_000, async () => {
      const all = await events();
      return all.length >= 3 && all;
    });
    assert.deepEqual(found.map(({ reason }) => reason).sort(), ["First", "Second", "Second"]);
    assert.equal(found.find(({ reason }) => reason === "First")?.note, "ä".repeat(512));
  });

  it("goes on when one can't be written, and says so at debug", async () => {
    recorder.record({ ...note("Lost", "x"), regarding: { apiVersion: "v1", kind: "Pod", namespace: "no-such-namespace", name: "v0" } }); // prettier-ignore
    recorder.record(note("Third", "three"));
    await eventually("the third is there", 10_000, async () => (await events()).some(({ reason }) => reason === "Third")); // prettier-ignore
    assert.equal(log.about("event.failed").length, 1);
  });
});
