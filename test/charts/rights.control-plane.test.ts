import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { allowedAccess, type Access } from "./allowedAccess.ts";
import { InstalledChart } from "./InstalledChart.ts";

const control = await useControlPlane(import.meta.url);

const verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
/** Verbs of the authorizer alone, where they count. */
const special: readonly Access[] = [
  ...["bind", "escalate"].flatMap((verb) =>
    ["clusterroles", "roles"].map((resource) => ({ verb, group: "rbac.authorization.k8s.io", resource })),
  ),
  ...["users", "groups", "serviceaccounts"].map((resource) => ({ verb: "impersonate", group: "", resource })),
];
/** Names that a right may be limited to; `other` stands for all others. */
const names = (fullname: string): readonly (string | undefined)[] => [
  undefined,
  "stellar-peers",
  "stellar-peers-provisioner",
  fullname,
  `${fullname}-ca`,
  `${fullname}-agent`,
  `${fullname}-agent-events`,
  "other",
];

interface ResourceList {
  readonly groups: readonly {
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }[];
  readonly resources: readonly { readonly name: string; readonly namespaced: boolean }[];
}

describe("the rights of", { skip: control.skip, timeout: 240_000 }, () => {
  let api: HttpKubeApi;
  let chart: InstalledChart;
  let accesses: readonly Access[];

  const raw = async (path: string): Promise<ResourceList> =>
    JSON.parse(await control.kubectl(["get", "--raw", path])) as ResourceList;

  /** Each verb on each resource of the server, in the list's namespace, the agents', another and the whole cluster. */
  async function everything(): Promise<Access[]> {
    const { groups } = await raw("/apis");
    const versions = [
      { group: "", path: "/api/v1" },
      ...groups.map(({ name, preferredVersion }) => ({
        group: name,
        path: `/apis/${preferredVersion.groupVersion}`,
      })),
    ];
    const found: Access[] = special.flatMap((access) => placed(access, true));
    for (const { group, path } of versions) {
      for (const { name, namespaced } of (await raw(path)).resources)
        for (const verb of verbs) found.push(...placed({ verb, group, resource: name }, namespaced));
    }
    return found;
  }

  function placed(access: Access, namespaced: boolean): Access[] {
    const places = namespaced ? [undefined, chart.peers, chart.validators, "default"] : [undefined];
    const unnamed = access.verb === "create" || access.verb === "deletecollection";
    return places.flatMap((namespace) =>
      (unnamed ? [undefined] : names(chart.fullname)).map((name) => ({
        ...access,
        ...(namespace !== undefined && { namespace }),
        ...(name !== undefined && { name }),
      })),
    );
  }

  /** As lines: for each resource and place, names and verbs; a right on all names stands for those on each. */
  function describeRights(allowed: readonly Access[]): string {
    const rows = new Map<string, { unlimited: Set<string>; byName: Map<string, Set<string>> }>();
    for (const { verb, group, resource, namespace, name } of allowed) {
      const place = namespace === undefined ? "everywhere" : namespace.replace(control.prefix, "PREFIX");
      const key = `${group || "core"} ${resource} in ${place}`;
      const row = rows.get(key) ?? { unlimited: new Set(), byName: new Map() };
      rows.set(key, row);
      if (name === undefined) row.unlimited.add(verb);
      else row.byName.set(name, (row.byName.get(name) ?? new Set()).add(verb));
    }
    const everywhere = new Map([...rows].filter(([key]) => key.endsWith(" in everywhere")));
    const lines: string[] = [];
    for (const [key, { unlimited, byName }] of rows) {
      const whole = everywhere.get(key.replace(/ in \S+$/, " in everywhere"));
      const beyond = (verb: string, name?: string): boolean =>
        key.endsWith(" in everywhere") ||
        !(whole?.unlimited.has(verb) || (name !== undefined && whole?.byName.get(name)?.has(verb)));
      const all = [...unlimited].filter((verb) => beyond(verb));
      if (all.length > 0) lines.push(`${key}: ${all.sort().join(", ")}`);
      for (const [name, limited] of byName) {
        const rest = [...limited].filter((verb) => !unlimited.has(verb) && beyond(verb, name));
        if (rest.length > 0)
          lines.push(`${key}, ${name.replace(control.prefix, "FULLNAME")}: ${rest.sort().join(", ")}`);
      }
    }
    return `${lines.sort().join("\n")}\n`;
  }

  async function check(token: string, golden: string): Promise<void> {
    const rights = describeRights(await allowedAccess(control, token, accesses));
    const file = new URL(`golden/${golden}`, import.meta.url);
    if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(file, rights);
    assert.equal(rights, await readFile(file, "utf8"));
  }

  before(async () => {
    if (control.skip) return;
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    chart = await InstalledChart.install(control, api);
    accesses = await everything();
  });
  after(async () => {
    if (control.skip) return;
    await chart?.uninstall();
    api.close();
  });

  it("an agent are those of golden/agent-rights.txt, and no verb on any resource more", async () => {
    assert.ok(accesses.length > 5000, `only ${accesses.length} accesses are tried`);
    await check((await chart.agent("v0")).token, "agent-rights.txt");
  });

  it("the webhook are those of golden/webhook-rights.txt, and no verb on any resource more", async () => {
    await check(await chart.webhook(), "webhook-rights.txt");
  });
});
