import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { labels } from "../../../contract/labels.ts";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import type { ConfigMap } from "../../../webhook/provision/ConfigMap.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { RunningProvisioner } from "./RunningProvisioner.ts";

const control = await useControlPlane(import.meta.url);
/** By hand, `npm run test:namespaces` takes five hundred. */
const count = Number(process.env["NAMESPACES"] ?? 80);

describe(
  `the provisioner with ${count} labelled namespaces`,
  { skip: control.skip, timeout: 600_000 },
  () => {
    let api: HttpKubeApi;
    let peers: string;
    let running: RunningProvisioner;
    const call = { signal: AbortSignal.timeout(600_000) };
    const own = { "test-run": control.prefix };
    /** When each write was begun, in milliseconds. */
    const writes: number[] = [];

    const copies = async (): Promise<readonly ConfigMap[]> => {
      const labelSelector = `${labels.provisionedFor}=${peers}`;
      const { items } = await api.list<ConfigMap>(
        { apiVersion: "v1", kind: "ConfigMap", labelSelector },
        call,
      );
      return items.filter(({ metadata }) => metadata.namespace !== peers);
    };
    /** In any second, not on average. */
    const highestRate = (): number =>
      Math.max(...writes.map((start) => writes.filter((at) => at >= start && at < start + 1_000).length));

    before(async () => {
      if (control.skip) return;
      api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
      peers = await control.namespace("peers");
      const numbers = Array.from({ length: count }, (_, index) => index);
      const create = async (): Promise<void> => {
        for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
          const metadata = {
            name: `${control.prefix}-n${number}`,
            labels: { ...own, [labels.injection]: "enabled" },
          };
          await api.create<KubeObject>({ apiVersion: "v1", kind: "Namespace", metadata }, call);
        }
      };
      await Promise.all(Array.from({ length: 10 }, create));
      const counted = new Proxy(api, {
        get: (target, name) => {
          if (name === "create" || name === "update" || name === "delete") writes.push(performance.now());
          const member: unknown = Reflect.get(target, name);
          return typeof member === "function" ? (member.bind(target) as unknown) : member;
        },
      });
      const clusterRole = `${control.prefix}-agent`;
      running = new RunningProvisioner({
        api: counted,
        peersNamespace: peers,
        clusterRole,
        namespaceLabels: own,
      });
    });
    after(async () => {
      if (control.skip) return;
      await running.stop();
      api.close();
    });

    it("brings a change to all of them within 30 s, with no more than 20 requests a second", async () => {
      await eventually("all have a copy", 60_000, async () => (await copies()).length === count);
      writes.length = 0;
      const start = performance.now();
      const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: peers, name: "stellar-peers" };
      await api.patch(reference, { type: "merge", body: { data: { revision: "3.1" } } }, call);
      await eventually("all copies follow", 60_000, async () =>
        (await copies()).every(({ data }) => data?.["revision"] === "3.1"),
      );
      const took = performance.now() - start;
      console.log(
        `${count} namespaces: ${(took / 1000).toFixed(1)} s, at most ${highestRate()} writes in any second`,
      );
      console.log(`resident with this test: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
      assert.ok(took < 30_000, `took ${took.toFixed(0)} ms`);
      assert.ok(highestRate() <= 20, `${highestRate()} requests a second`);
    });

    it("is not held up by a namespace that is being deleted, and has nothing to say of it", async () => {
      const going = `${control.prefix}-n2`;
      await api.delete({ apiVersion: "v1", kind: "Namespace", name: going }, call);
      const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: peers, name: "stellar-peers" };
      await api.patch(reference, { type: "merge", body: { data: { revision: "3.2" } } }, call);
      await eventually("all others follow", 60_000, async () => {
        const others = (await copies()).filter(({ metadata }) => metadata.namespace !== going);
        return others.length === count - 1 && others.every(({ data }) => data?.["revision"] === "3.2");
      });
      assert.deepEqual(running.provisioner.status().failed, []);
    });

    it("is not held up by namespaces that forbid the copy, and tells of each once", async () => {
      const [first, second] = [`${control.prefix}-n0`, `${control.prefix}-n1`];
      const quota = {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "none", namespace: first },
        spec: { hard: { "count/configmaps": "0" } },
      };
      await control.kubectl(["create", "-f", "-"], JSON.stringify(quota));
      const status = JSON.stringify({
        status: { hard: { "count/configmaps": "0" }, used: { "count/configmaps": "0" } },
      });
      await control.kubectl(["patch", "-n", first, "resourcequota/none", "--subresource=status", "--type=merge", "-p", status]); // prettier-ignore
      for (const namespace of [first, second])
        await api.delete({ apiVersion: "v1", kind: "ConfigMap", namespace, name: "stellar-peers" }, call);
      const title = `ConfigMap ${first}/stellar-peers`;
      await eventually("the refusal is shown", 10_000, () =>
        running.provisioner.status().failed.includes(title),
      );
      await eventually("the other has its copy", 10_000, async () =>
        (await copies()).some(({ metadata }) => metadata.namespace === second),
      );
      const told = running.log.about("provision.failed").filter(({ object }) => object === title);
      assert.equal(told.length, 1);
      assert.match(told[0]?.message ?? "", /exceeded quota|forbidden/);
    });
  },
);
