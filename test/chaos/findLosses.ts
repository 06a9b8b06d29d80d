import { isDeepStrictEqual } from "node:util";
import { names } from "../../contract/names.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ChaosCluster } from "./ChaosCluster.ts";

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

interface Status {
  readonly leadership: { readonly role: string };
  readonly discovery: { readonly failures: Readonly<Record<string, string>> };
  readonly publish: { readonly lastError?: string; readonly withheld?: { readonly detail: string } };
  readonly apply: {
    readonly lastError?: string;
    readonly core: { readonly verdict: string };
    readonly revision: { readonly applied?: string; readonly confirmed?: string };
  };
}

/** What is not as it should be once all is well again, a sentence each. */
export async function findLosses(cluster: ChaosCluster): Promise<readonly string[]> {
  const read = (namespace: string): Promise<ConfigMap> =>
    cluster.api.get<ConfigMap>(
      { apiVersion: "v1", kind: "ConfigMap", namespace, name: names.configMap },
      { signal: AbortSignal.any([cluster.signal, AbortSignal.timeout(5_000)]) },
    );
  const list = await read(names.namespace);
  const copy = await read(cluster.namespace);
  const parsed = parsePeerDocument(list.data ?? {});
  const listed = parsed.ok ? parsed.document.peers.map(({ name }) => name).sort() : [];
  const found = isDeepStrictEqual(listed, [...cluster.validators].sort())
    ? []
    : [`the list is ${listed.join()}`];
  if (!isDeepStrictEqual(copy.data, list.data)) found.push("the copy is another");
  const statuses = await Promise.all(
    cluster
      .agents()
      .map(async (agent) => ({ name: agent.name, status: (await agent.status()) as unknown as Status })),
  );
  const leading = statuses.filter(({ status }) => status.leadership.role === "leading");
  if (statuses.length !== cluster.validators.length) found.push(`${statuses.length} agents run`);
  if (leading.length !== 1) found.push(`${leading.length} agents lead`);
  for (const { name, status } of statuses) found.push(...troubles(status, list.data?.["revision"]).map((what) => `${name}: ${what}`)); // prettier-ignore
  if (!cluster.meshed(cluster.validators.map((name) => `${name}-0`))) found.push("Cores are not connected");
  if (!(await cluster.injects())) found.push("pods are not injected");
  return found;
}

function troubles({ apply, discovery, publish }: Status, revision: string | undefined): readonly string[] {
  const facts: readonly (readonly [boolean, string])[] = [
    [Object.keys(discovery.failures).length === 0, `discovery: ${JSON.stringify(discovery.failures)}`],
    [publish.withheld === undefined, `withheld: ${publish.withheld?.detail}`],
    [publish.lastError === undefined, `publish: ${publish.lastError}`],
    [apply.lastError === undefined, `apply: ${apply.lastError}`],
    [apply.core.verdict === "healthy", `Core is ${apply.core.verdict}`],
    [apply.revision.applied === revision, `applied ${apply.revision.applied}, not ${revision}`],
    [apply.revision.confirmed === revision, `confirmed ${apply.revision.confirmed}, not ${revision}`],
  ];
  return facts.filter(([well]) => !well).map(([, what]) => what);
}
