import { isDeepStrictEqual } from "node:util";
import type { ConfigMap } from "../../agent/publish/ConfigMap.ts";
import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import { peersObjects } from "./peersObjects.ts";
import type { AgentStatus } from "./SimulatedAgent.ts";
import { truthEntry } from "./truthEntry.ts";
import type { World } from "./World.ts";

/** What is not as it should be once all is well, a sentence each. */
export async function findUnsettled(world: World): Promise<readonly string[]> {
  const list = await world.read<ConfigMap>(peersObjects.configMap.namespace);
  return [
    ...(await unsettledLeaders(world)),
    ...unsettledList(world, list),
    ...(await unsettledCopies(world, list)),
    ...world.cluster.running().flatMap(({ validator, pod }) => {
      if (!pod.agent?.process.active) return [`the agent of ${validator.name} does not run`];
      const peers =
        world.cluster.running().filter(({ pod: { network } }) => network === pod.network).length - 1;
      return unsettledAgent(pod.agent.status(), peers, list).map((what) => `${validator.name}: ${what}`);
    }),
    ...unsettledCores(world),
  ];
}

async function unsettledLeaders(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  const statuses = world.agents().map((agent) => agent.status());
  const leaders = statuses.filter(({ leadership }) => leadership.role === "leading");
  const lease = await world.cluster.api.get<Lease>(peersObjects.lease, world.call).catch(() => undefined);
  if (statuses.length > 0) {
    if (leaders.length !== 1) found.push(`${leaders.length} agents lead`);
    else if (leaders[0]?.identity !== lease?.spec?.holderIdentity)
      found.push("the leader has not got the Lease");
  }
  const provisioners = world.webhooks.filter(({ provisioner }) => provisioner.status().leading);
  if (provisioners.length !== 1) found.push(`${provisioners.length} provisioners lead`);
  const failed = provisioners.flatMap(({ provisioner }) => provisioner.status().failed);
  return [...found, ...failed.map((what) => `the provisioner can't write ${what}`)];
}

function unsettledList(world: World, list: ConfigMap | undefined): readonly string[] {
  // With no validator left there is no agent that could say so.
  if (world.agents().length === 0) return [];
  const parsed = parsePeerDocument(list?.data ?? {});
  if (!parsed.ok) return [`the list can't be read: ${parsed.detail}`];
  const { [configMapKeys.revision]: _revision, ...rest } = list?.data ?? {};
  if (!isDeepStrictEqual(rest, renderPeers(parsed.document.peers)) || list?.binaryData)
    return ["the keys of the list do not go together"];
  const listed = parsed.document.peers.map(truthEntry).sort();
  const shown = [...world.cluster.truth.current].sort();
  return isDeepStrictEqual(listed, shown)
    ? []
    : [`the list is ${listed.join()}, the API shows ${shown.join()}`];
}

/** Somebody edited it, and no agent is left to put it right: copies stay as they were. */
function isForsaken(world: World, { data = {}, metadata }: ConfigMap): boolean {
  if (world.agents().length > 0) return false;
  const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
  return (
    metadata.annotations?.[annotations.hash] !== hash ||
    parseRevision(data[configMapKeys.revision] ?? "") === undefined
  );
}

async function unsettledCopies(world: World, list: ConfigMap | undefined): Promise<readonly string[]> {
  if (list && isForsaken(world, list)) return [];
  const found: string[] = [];
  for (const namespace of world.cluster.namespaces) {
    const copy = await world.read<ConfigMap>(namespace);
    if (!isDeepStrictEqual(copy?.data, list?.data)) found.push(`the copy in ${namespace} is another`);
  }
  const { peersJson, revision } = configMapKeys;
  for (const { validator, pod } of world.cluster.running())
    for (const key of [peersJson, revision])
      if (pod.mounted?.[key] !== list?.data?.[key])
        found.push(`${validator.name} has another ${key} mounted`);
  return found;
}

function unsettledAgent(status: AgentStatus, others: number, list: ConfigMap | undefined): readonly string[] {
  const { apply, discovery, publish } = status;
  const revision = list?.data?.[configMapKeys.revision];
  const verdict = others > 0 ? "healthy" : "isolated";
  // A watch that hangs may leave an agent with the revision before, as long as that lists the same.
  const { api } = apply.documents;
  const same = api.hash === hashPeers(list?.data?.[configMapKeys.peersJson] ?? "");
  const expected = new Set([revision, same ? api.revision : revision]);
  const open = apply.peers.filter(({ planned, state }) => planned && state !== "connected");
  const facts: readonly (readonly [boolean, string])[] = [
    [Object.keys(discovery.failures).length === 0, `discovery: ${JSON.stringify(discovery.failures)}`],
    [publish.withheld === undefined, `withheld: ${publish.withheld?.detail}`],
    [publish.lastError === undefined, `publish: ${publish.lastError}`],
    [apply.core.verdict === verdict, `Core is ${apply.core.verdict}: ${apply.core.reason}`],
    [apply.lastError === undefined, `apply: ${apply.lastError}`],
    [apply.documents.api.refusal === undefined, `API: ${apply.documents.api.refusal?.detail}`],
    [apply.documents.file.refusal === undefined, `file: ${apply.documents.file.refusal?.detail}`],
    [open.length === 0, `not connected: ${open.map(({ name, state }) => `${name} ${state}`).join()}`],
    [expected.has(apply.revision.applied), `applied ${apply.revision.applied}, not ${revision}`],
    [expected.has(apply.revision.confirmed), `confirmed ${apply.revision.confirmed}, not ${revision}`],
  ];
  return facts.filter(([well]) => !well).map(([, what]) => what);
}

function unsettledCores(world: World): readonly string[] {
  const running = world.cluster.running();
  return running.flatMap(({ validator, pod }) => {
    const connected = new Set(
      world.cluster.network
        .connectionsOf(pod.core)
        .flatMap(({ authenticated, other }) => (authenticated ? [other] : [])),
    );
    return running
      .filter(
        (other) => other.pod !== pod && other.pod.network === pod.network && !connected.has(other.pod.core),
      )
      .map((other) => `the Core of ${validator.name} is not connected to ${other.validator.name}`);
  });
}
