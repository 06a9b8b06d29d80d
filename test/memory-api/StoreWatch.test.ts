import assert from "node:assert/strict";
import { test } from "node:test";
import type { WatchOptions } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { MemoryApi } from "./MemoryApi.ts";

const call = { signal: AbortSignal.timeout(30_000) };
const configMaps = { apiVersion: "v1", kind: "ConfigMap", namespace: "default" };

function configMap(name: string): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } };
}

function open(options: Partial<WatchOptions> = {}) {
  const clock = new VirtualClock();
  const api = new MemoryApi({ clock });
  const events: (WatchEvent<KubeObject> & { readonly at: number })[] = [];
  const settings = { resourceVersion: "", timeoutSeconds: 300, maxSilence: 400_000, ...call, ...options };
  const ended = (async () => {
    for await (const event of api.watch(configMaps, settings))
      events.push({ ...event, at: clock.monotonic() });
  })();
  const told = () => events.map(({ type, at }) => `${type} at ${at}`);
  return { clock, api, events, told, ended };
}

test("a watch with no news anywhere says nothing until its time is over", async () => {
  const { clock, told, ended } = open();
  await clock.advance(299_999);
  assert.deepEqual(told(), []);
  await clock.advance(1);
  await ended;
  assert.deepEqual(told(), ["ENDED at 300000"]);
});

test("news elsewhere come as a bookmark each minute, and two seconds before the end", async () => {
  const { clock, api, told, ended } = open({ timeoutSeconds: 130 });
  await clock.advance(10);
  await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "elsewhere" } }, call);
  await clock.advance(130_000);
  await ended;
  const bookmarks = ["BOOKMARK at 60000", "BOOKMARK at 120000", "BOOKMARK at 128000"];
  assert.deepEqual(told(), [...bookmarks, "ENDED at 130000"]);
});

test("silence is counted from the last event on", async () => {
  const { clock, api, told, events, ended } = open({ maxSilence: 1_000 });
  await clock.advance(900);
  await api.create(configMap("a"), call);
  await clock.advance(5_000);
  await ended;
  assert.deepEqual(told(), ["ADDED at 900", "ENDED at 1900"]);
  assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "silent" }, at: 1900 });
});

test("a watch that is open goes on when history is forgotten, a later one from there has expired", async () => {
  const { clock, api, told } = open();
  const { resourceVersion } = await api.list(configMaps, call);
  await clock.advance(1);
  await api.create(configMap("a"), call);
  api.expire();
  await api.create(configMap("b"), call);
  await clock.advance(1);
  assert.deepEqual(told(), ["ADDED at 1", "ADDED at 1"]);
  const options = { resourceVersion, timeoutSeconds: 1, maxSilence: 1_000, ...call };
  const later: WatchEvent<KubeObject>[] = [];
  for await (const event of api.watch(configMaps, options)) later.push(event);
  assert.deepEqual(later, [{ type: "ENDED", end: { reason: "expired" } }]);
});

test("a consumer that leaves early ends the watch", async () => {
  const { api } = open();
  await api.create(configMap("a"), call);
  const options = { resourceVersion: "", timeoutSeconds: 300, maxSilence: 400_000, ...call };
  for await (const event of api.watch(configMaps, options)) {
    assert.equal(event.type, "ADDED");
    break;
  }
});

test("the end of the history is kept", async () => {
  const { api } = open();
  const { resourceVersion } = await api.list(configMaps, call);
  let last = await api.create({ ...configMap("busy"), data: { n: "0" } } as KubeObject, call);
  for (let n = 1; n <= 20_000; n += 1) {
    const body = { data: { n: String(n) } };
    last = await api.patch({ ...configMaps, name: "busy" }, { type: "merge", body }, call);
  }
  const from = async (version: string) => {
    const settings = { resourceVersion: version, timeoutSeconds: 1, maxSilence: 1_000, ...call };
    for await (const event of api.watch(configMaps, settings)) return event;
    return undefined;
  };
  assert.deepEqual(await from(resourceVersion), { type: "ENDED", end: { reason: "expired" } });
  const recent = await from(String(Number(last.metadata.resourceVersion) - 5_000));
  assert.equal(recent?.type, "MODIFIED");
});
