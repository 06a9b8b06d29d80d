import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { fairWeather } from "./fairWeather.ts";
import type { Fault } from "./Fault.ts";
import { peersObjects } from "./peersObjects.ts";
import type { StoredList } from "./Rules.ts";
import { validatorChanges } from "./validatorChanges.ts";
import type { Weather } from "./Weather.ts";
import type { World } from "./World.ts";

type Texts = Readonly<Record<string, string | null>>;

interface Edit {
  readonly data?: Texts;
  readonly binaryData?: Texts;
  readonly metadata?: { readonly annotations: Texts };
}

/** Nobody has this address. */
const stranger = {
  name: "mallory",
  namespace: "east",
  nodeType: "Validator",
  ip: "203.0.113.7",
  port: 11_625,
};

function edited(peersJson: string, edit: (peers: readonly Peer[]) => readonly unknown[]): string {
  try {
    return JSON.stringify(edit(JSON.parse(peersJson) as readonly Peer[]));
  } catch {
    return "[]";
  }
}

/** What another writer makes of the list; the revision it leaves alone. */
function drawEdit(world: World, data: Readonly<Record<string, string>>): Edit {
  const { peerCount, peersJson, peersTxt, revision } = configMapKeys;
  const text = data[peersJson] ?? "[]";
  const peerString = `${stranger.ip}:${stranger.port}`;
  const annotated = (name: string, value: string | null): Edit => ({
    metadata: { annotations: { [name]: value } },
  });
  const texts: readonly (() => Texts)[] = [
    () => ({
      [peersJson]: edited(text, (peers) => [...peers, { ...stranger, peerString, network: "testnet" }]),
    }),
    () => ({ [peersJson]: edited(text, (peers) => peers.slice(peers.length / 2)) }),
    () => ({ [peersJson]: "half a docum" }),
    () => ({ [peersJson]: "[]" }),
    () => ({ [revision]: null }),
    () => ({ [revision]: "newest" }),
    () => ({ note: "hands off" }),
    () => ({ [peersJson]: null }),
    () => ({ [peersTxt]: `${peerString}\n` }),
    () => ({ [peerCount]: "1000" }),
    () => ({ "peers.testnet.txt": null }),
  ];
  const others: readonly Edit[] = [
    { binaryData: { "peers.bin": "AAAA" } },
    annotated(annotations.hash, null),
    annotated(annotations.hash, "0".repeat(64)),
    annotated(annotations.epoch, null),
    annotated(annotations.epoch, "the first"),
    annotated(annotations.holder, "east/mallory-0/none"),
  ];
  return world.random.chance(0.7) ? { data: world.random.pick(texts)() } : world.random.pick(others);
}

async function edit(world: World, namespace: string): Promise<void> {
  const stored = await world.read<KubeObject & { readonly data?: Readonly<Record<string, string>> }>(
    namespace,
  );
  if (!stored) return;
  const body = drawEdit(world, stored.data ?? {});
  world.trace.add("world", `another writer in ${namespace}: ${JSON.stringify(body)}`);
  const options = { ...world.call, fieldManager: "somebody" };
  const reference = { ...peersObjects.configMap, namespace };
  const after = await world.cluster.api.patch<StoredList>(reference, { type: "merge", body }, options);
  if (namespace === peersObjects.configMap.namespace) world.rules.stored(after);
}

async function editLease(world: World, spec: Readonly<Record<string, unknown>>): Promise<void> {
  const { api } = world.cluster;
  await api.patch(peersObjects.lease, { type: "merge", body: { spec } }, world.call).catch(() => undefined);
}

/** What somebody does to the objects that agents and provisioner share. */
export const storedFaults = {
  lease: (world: World): Fault | undefined => {
    if (!world.fenced) return undefined;
    const { api } = world.cluster;
    if (world.random.chance(0.3))
      return {
        what: "the Lease is deleted",
        begin: async () => {
          await api.delete(peersObjects.lease, world.call).catch(() => undefined);
          world.rules.leaseDeleted();
        },
      };
    const spec = world.random.pick([
      { holderIdentity: "" },
      { holderIdentity: "east/ghost-0/none" },
      { leaseDurationSeconds: 3600 },
      { leaseDurationSeconds: 1 },
      { renewTime: "2020-01-01T00:00:00.000000Z" },
      { holderIdentity: "east/ghost-0/none", leaseDurationSeconds: 3600 },
    ]);
    return { what: `the Lease is edited: ${JSON.stringify(spec)}`, begin: () => editLease(world, spec) };
  },

  /**
   * The list or the Lease, or both, are deleted while the provisioners can't see what became of the list. Now and then
   * the agents hear late of what they wrote last, or never.
   */
  loss: (world: World): Fault | undefined => {
    if (!world.fenced) return undefined;
    const { cluster, random, rules, time } = world;
    const lines = world.webhooks.map(({ process }) => process.line);
    const gone = random.pick([["configMap"], ["lease"], ["configMap", "lease"]] as const);
    const lossy = random.chance(0.4) ? world.agents().map(({ process }) => process.line) : [];
    const deaf: Weather = { ...fairWeather, lostAnswers: 0.8, hangs: 0.5, latency: 500, only: "ConfigMap" };
    const lose = async (): Promise<void> => {
      if (world.calm) return;
      world.trace.add("world", `deleted: ${gone.join(", ")}`);
      for (const name of gone)
        await cluster.api.delete(peersObjects[name], world.call).catch(() => undefined);
      if (gone.some((name) => name === "lease")) rules.leaseDeleted();
    };
    return {
      what: "no provisioner can read ConfigMaps",
      begin: () => {
        for (const line of lines) line.weather = { ...fairWeather, partition: "hung", only: "ConfigMap" };
        for (const line of lossy) line.weather = deaf;
        const due = random.integer(1_000, 40_000);
        time.after(due, () => void lose());
        if (lossy.length > 0)
          time.after(Math.max(1, due - random.integer(500, 5_000)), () => {
            if (!world.calm) void world.befall(validatorChanges.restart(world));
          });
      },
      longest: 80_000,
      end: () => [...lines, ...lossy].forEach((line) => (line.weather = fairWeather)),
    };
  },

  list: (world: World): Fault => {
    const { configMap } = peersObjects;
    if (world.random.chance(0.8))
      return { what: "another writer on the list", begin: () => edit(world, configMap.namespace) };
    const { api } = world.cluster;
    return {
      what: "the list is deleted",
      begin: () => api.delete(configMap, world.call).catch(() => undefined),
    };
  },

  copy: (world: World): Fault => {
    const namespace = world.random.pick(world.cluster.namespaces);
    const touch = (): void => world.rules.copyTouched(namespace);
    if (world.random.chance(0.5))
      return { what: "a copy is edited", begin: () => edit(world, namespace).then(touch) };
    const reference = { ...peersObjects.configMap, namespace };
    return {
      what: `the copy in ${namespace} is deleted`,
      begin: () => world.cluster.api.delete(reference, world.call).then(touch, () => undefined),
    };
  },
};
