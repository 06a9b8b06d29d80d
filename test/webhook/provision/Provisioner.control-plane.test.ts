import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { labels } from "../../../contract/labels.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import type { ConfigMap } from "../../../webhook/provision/ConfigMap.ts";
import type { RoleBinding } from "../../../webhook/provision/RoleBinding.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { RunningProvisioner } from "./RunningProvisioner.ts";

const control = await useControlPlane(import.meta.url);
const rbac = "rbac.authorization.k8s.io/v1";

describe("the provisioner on a real API server", { skip: control.skip, timeout: 120_000 }, () => {
  let api: HttpKubeApi;
  let peers: string;
  let running: RunningProvisioner;
  const call = { signal: AbortSignal.timeout(120_000) };
  const clusterRole = `${control.prefix}-agent`;
  const own = { "test-run": control.prefix };
  const enabled = { ...own, [labels.injection]: "enabled" };

  const read = async <T extends KubeObject>(
    kind: string,
    name: string,
    namespace?: string,
  ): Promise<T | undefined> => {
    const apiVersion = kind === "Lease" ? "coordination.k8s.io/v1" : kind.endsWith("Binding") ? rbac : "v1";
    try {
      return await api.get<T>({ apiVersion, kind, name, ...(namespace && { namespace }) }, call);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  };
  const list = async (namespace = peers) => read<ConfigMap>("ConfigMap", "stellar-peers", namespace);
  const subjects = async (kind: string, name: string, namespace?: string): Promise<string[] | undefined> => {
    const binding = await read<RoleBinding>(kind, name, namespace);
    return binding?.subjects?.map((subject) => `${subject.namespace}/${subject.name}`);
  };
  const label = async (namespace: string, value: string | null): Promise<void> => {
    const body = { metadata: { labels: { [labels.injection]: value } } };
    await api.patch({ apiVersion: "v1", kind: "Namespace", name: namespace }, { type: "merge", body }, call);
  };
  const write = async (data: Readonly<Record<string, string>>): Promise<void> => {
    const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: peers, name: "stellar-peers" };
    await api.patch(reference, { type: "merge", body: { data } }, call);
  };
  const createPod = async (namespace: string, name: string, serviceAccountName: string): Promise<void> => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace, name, labels: { [labels.injected]: "true" } },
      spec: { serviceAccountName, nodeName: "node", containers: [{ name: "core", image: "core" }] },
    };
    await api.create(pod, call);
  };
  /** Namespaces in which something was to be created, once for each attempt. */
  const attempts: string[] = [];
  const start = (): void => {
    const observed = new Proxy(api, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        if (name !== "create") return member.bind(target) as unknown;
        return async (object: KubeObject, options: typeof call): Promise<KubeObject> => {
          attempts.push(object.metadata.namespace ?? "");
          return target.create(object, options);
        };
      },
    });
    running = new RunningProvisioner({
      api: observed,
      peersNamespace: peers,
      clusterRole,
      namespaceLabels: own,
    });
  };

  before(async () => {
    if (control.skip) return;
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    peers = await control.namespace("peers");
    for (const name of [clusterRole, `${clusterRole}-events`])
      await api.create(
        { apiVersion: rbac, kind: "ClusterRole", metadata: { name }, rules: [] } as KubeObject,
        call,
      );
    start();
  });
  after(async () => {
    if (control.skip) return;
    await running.stop();
    for (const name of [clusterRole, `${clusterRole}-events`])
      await api.delete({ apiVersion: rbac, kind: "ClusterRole", name }, call);
    await api
      .delete({ apiVersion: rbac, kind: "ClusterRoleBinding", name: clusterRole }, call)
      .catch(() => undefined);
    api.close();
  });

  it("makes the ConfigMap, with an empty list, and the Lease, held by nobody", async () => {
    const made = await eventually("the ConfigMap", 5000, () => list());
    assert.equal(made.data?.["peers.json"], "[]\n");
    assert.equal(made.data?.["revision"], "0.0");
    const lease = await eventually("the Lease", 5000, () =>
      read<KubeObject & { spec: unknown }>("Lease", "stellar-peers", peers),
    );
    assert.deepEqual(lease.spec, { leaseTransitions: 0 });
  });

  it("copies the list into a labelled namespace, and each change within a second", async () => {
    const namespace = await control.namespace("validators", enabled);
    await eventually("the copy", 5000, () => list(namespace));
    for (const revision of ["1.1", "1.2", "1.3"]) {
      const since = performance.now();
      await write({ revision, "peers.txt": `10.0.0.1:${revision.slice(2)}\n` });
      await eventually(
        "the copy follows",
        5000,
        async () => (await list(namespace))?.data?.["revision"] === revision,
      );
      const took = performance.now() - since;
      assert.ok(took < 1000, `took ${took.toFixed(0)} ms`);
    }
    assert.deepEqual((await list(namespace))?.data, (await list())?.data);
  });

  it("repairs a copy that somebody edited, deleted or made immutable", async () => {
    const namespace = await control.namespace("edited", enabled);
    const reference = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "stellar-peers" };
    const same = async (): Promise<boolean> => {
      const [copy, original] = [await list(namespace), await list()];
      return copy !== undefined && JSON.stringify(copy.data) === JSON.stringify(original?.data);
    };
    await eventually("the copy", 5000, same);
    const edit = { data: { "peers.txt": "6.6.6.6:1\n", "evil.txt": "x" } };
    await api.patch(reference, { type: "merge", body: edit }, call);
    await eventually("the edit is gone", 5000, same);
    await api.delete(reference, call);
    await eventually("the copy is back", 5000, same);
    await api.patch(reference, { type: "merge", body: { immutable: true } }, call);
    await write({ revision: "1.4" });
    await eventually("the copy follows all the same", 5000, same);
  });

  it("gives rights to the service accounts of injected pods, and to no others", async () => {
    const namespace = await control.namespace("rights", enabled);
    const other = await control.namespace("elsewhere", own);
    for (const [where, name] of [
      [namespace, "core"],
      [namespace, "idle"],
      [other, "core"],
    ] as const)
      await api.create(
        { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: where, name } },
        call,
      );
    await createPod(namespace, "v0", "core");
    await createPod(other, "v0", "core");
    const expected = [`${namespace}/core`];
    await eventually("the bindings", 5000, async () => {
      const found = [
        await subjects("ClusterRoleBinding", clusterRole),
        await subjects("RoleBinding", "agent", peers),
        await subjects("RoleBinding", `${clusterRole}-events`, namespace),
      ];
      return JSON.stringify(found) === JSON.stringify([expected, expected, expected]);
    });
    assert.equal(await subjects("RoleBinding", `${clusterRole}-events`, other), undefined);
  });

  it("takes copy and rights away when the label goes, and brings them back with it", async () => {
    const namespace = await control.namespace("coming-going", enabled);
    await createPod(namespace, "v0", "default");
    const events = async () => subjects("RoleBinding", `${clusterRole}-events`, namespace);
    const bound = async (): Promise<boolean> =>
      (await subjects("ClusterRoleBinding", clusterRole))?.includes(`${namespace}/default`) ?? false;
    await eventually(
      "copy and rights",
      5000,
      async () => (await list(namespace)) && (await events()) && bound(),
    );
    await label(namespace, null);
    await eventually("all is gone", 5000, async () => {
      return !(await list(namespace)) && !(await events()) && !(await bound());
    });
    await label(namespace, "enabled");
    await eventually("all is back", 5000, async () => (await list(namespace)) && (await events()) && bound());
  });

  it("leaves a ConfigMap of that name alone that somebody else made, says so once, and takes over when it goes", async () => {
    const namespace = await control.namespace("foreign", own);
    const foreign = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace, name: "stellar-peers" },
      data: { mine: "x" },
    };
    await api.create(foreign, call);
    await label(namespace, "enabled");
    const title = `ConfigMap ${namespace}/stellar-peers`;
    await eventually("it is reported", 5000, () => running.provisioner.status().foreign.includes(title));
    await write({ revision: "1.5" });
    await eventually("others go on", 5000, async () => {
      const copies = await api.list<ConfigMap>(
        { apiVersion: "v1", kind: "ConfigMap", labelSelector: `${labels.provisionedFor}=${peers}` },
        call,
      );
      return copies.items.some(({ data }) => data?.["revision"] === "1.5");
    });
    assert.deepEqual((await list(namespace))?.data, { mine: "x" });
    assert.equal(running.log.about("provision.foreign").filter(({ object }) => object === title).length, 1);
    const event = running.events.find(({ regarding }) => regarding.namespace === namespace);
    assert.deepEqual([event?.reason, event?.regarding.name], ["ForeignObject", "stellar-peers"]);
    assert.match(event?.note ?? "", /rename or delete it/);
    await api.delete({ apiVersion: "v1", kind: "ConfigMap", namespace, name: "stellar-peers" }, call);
    await write({ revision: "1.6" });
    await eventually(
      "ours is there",
      5000,
      async () => (await list(namespace))?.data?.["revision"] === "1.6",
    );
    await eventually("no problem is left", 5000, () => running.provisioner.status().foreign.length === 0);
  });

  it("makes list and Lease again as they were when somebody deletes them", async () => {
    await write({ revision: "7.3" });
    await eventually("copies have it", 5000, async () => {
      const copies = await api.list<ConfigMap>(
        { apiVersion: "v1", kind: "ConfigMap", labelSelector: `${labels.provisionedFor}=${peers}` },
        call,
      );
      return copies.items
        .filter(({ metadata }) => metadata.namespace !== peers)
        .every(({ data }) => data?.["revision"] === "7.3");
    });
    await api.delete({ apiVersion: "v1", kind: "ConfigMap", namespace: peers, name: "stellar-peers" }, call);
    const again = await eventually("the list", 5000, () => list());
    assert.equal(again.data?.["revision"], "7.3");
    await api.delete(
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: peers, name: "stellar-peers" },
      call,
    );
    const lease = await eventually("the Lease", 5000, () =>
      read<KubeObject & { spec: { leaseTransitions: number } }>("Lease", "stellar-peers", peers),
    );
    assert.equal(lease.spec.leaseTransitions, 7, "goes on from the list's epoch");
  });

  it("lets agents reach the API server where another policy limits their egress, and only there", async () => {
    const namespace = await control.namespace("limited", enabled);
    await createPod(namespace, "v0", "default");
    const policies = async (): Promise<string[]> => {
      const collection = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace };
      return (await api.list(collection, call)).items.map(({ metadata }) => metadata.name ?? "");
    };
    await eventually("the copy", 5000, () => list(namespace));
    assert.deepEqual(await policies(), []);
    const limit: KubeObject & { readonly spec: object } = {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { namespace, name: "operator" },
      spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ ports: [{ port: 11625 }] }] },
    };
    await api.create(limit, call);
    await eventually("ours beside it", 5000, async () => (await policies()).includes("peer-agent"));
    const reference = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace };
    await api.delete({ ...reference, name: "operator" }, call);
    await eventually("ours has gone with it", 5000, async () => (await policies()).length === 0);
  });

  it("takes that policy away, too, when the label goes", async () => {
    const namespace = await control.namespace("limited-no-more", enabled);
    await createPod(namespace, "v0", "default");
    const reference = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace };
    const policies = async (): Promise<string> =>
      (await api.list(reference, call)).items.map(({ metadata }) => metadata.name ?? "").join();
    const limit: KubeObject & { readonly spec: object } = {
      ...reference,
      metadata: { namespace, name: "operator" },
      spec: { podSelector: {}, policyTypes: ["Egress"] },
    };
    await api.create(limit, call);
    await eventually("both", 5000, async () => (await policies()) === "operator,peer-agent");
    await label(namespace, "disabled");
    await eventually("the operator's alone", 5000, async () => (await policies()) === "operator");
  });

  it("serves validators beside the list itself with rights alone, and keeps the list when the label goes", async () => {
    await label(peers, "enabled");
    await control.kubectl(["label", "namespace", peers, `test-run=${control.prefix}`]);
    await createPod(peers, "beside-the-list", "default");
    const account = `${peers}/default`;
    const bound = async (): Promise<boolean> =>
      (await subjects("RoleBinding", "agent", peers))?.includes(account) ?? false;
    await eventually("the rights", 5000, bound);
    await eventually("those for Events", 5000, () => subjects("RoleBinding", `${clusterRole}-events`, peers));
    const before = await list();
    await label(peers, null);
    await eventually("the rights are gone", 5000, async () => !(await bound()));
    assert.deepEqual((await list())?.data, before?.data);
    assert.equal((await list())?.metadata.uid, before?.metadata.uid);
    await api.delete({ apiVersion: "v1", kind: "Pod", namespace: peers, name: "beside-the-list" }, { ...call, gracePeriodSeconds: 0 }); // prettier-ignore
  });

  it("deletes a copy that a finalizer holds once, and not at every look", async () => {
    const namespace = await control.namespace("held", enabled);
    await eventually("the copy", 5000, () => list(namespace));
    const reference = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "stellar-peers" };
    const finalize = async (finalizers: readonly string[]): Promise<unknown> =>
      api.patch(reference, { type: "merge", body: { metadata: { finalizers } } }, call);
    await finalize(["example.org/held"]);
    await label(namespace, null);
    await eventually("it is to go", 5000, async () => (await list(namespace))?.metadata.deletionTimestamp);
    const told = (): number =>
      running.log
        .about("provision.deleted")
        .filter(({ object, namespaces }) => object === "ConfigMap stellar-peers" && String(namespaces).includes(namespace)) // prettier-ignore
      .length;
    await write({ revision: "7.4" });
    const other = await control.namespace("after-held", enabled);
    await eventually("a later look", 5000, () => list(other));
    assert.equal(told(), 1);
    await finalize([]);
    await eventually("it is gone", 5000, async () => !(await list(namespace)));
  });

  it("shows a validator that slipped through as metric and Event, and no longer once it is gone", async () => {
    const namespace = await control.namespace("slipped", enabled);
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace, name: "bare", labels: { [labels.nodeType]: "Validator" } },
      spec: { nodeName: "node", containers: [{ name: "core", image: "core" }] },
    };
    await api.create(pod, call);
    const shown = async (): Promise<boolean> =>
      (await running.registry.metrics()).includes(
        `stellar_peer_webhook_pods_without_agent{namespace="${namespace}"} 1`,
      );
    await eventually("the metric", 10_000, shown);
    const event = running.events.find(({ regarding }) => regarding.namespace === namespace);
    assert.deepEqual(
      [event?.reason, event?.type, event?.regarding.name],
      ["AgentMissing", "Warning", "bare"],
    );
    await api.delete({ ...pod, namespace, name: "bare" }, { ...call, gracePeriodSeconds: 0 });
    await eventually("the metric is gone", 10_000, async () => !(await shown()));
  });

  it("tells of a service account that was deleted under a pod: log, Event and metric", async () => {
    const namespace = await control.namespace("orphaned", enabled);
    await control.kubectl(["create", "serviceaccount", "validator", "-n", namespace]);
    await createPod(namespace, "v0", "validator");
    await control.kubectl(["delete", "serviceaccount", "validator", "-n", namespace]);
    await eventually("the Event", 15_000, () =>
      running.events.find(
        ({ reason, regarding }) => reason === "ServiceAccountMissing" && regarding.namespace === namespace,
      ),
    );
    const told = running.log
      .about("provision.account")
      .filter(({ account }) => account === `${namespace}/validator`);
    assert.equal(told.length, 1);
    await eventually("the metric", 5_000, async () =>
      (await running.registry.metrics()).includes(`missing_service_accounts{namespace="${namespace}"} 1`),
    );
  });

  it("tells of a quota that forbids the copy, tries again, and serves the other namespaces meanwhile", async () => {
    const full = await control.namespace("full", own);
    const hard = { "count/configmaps": "0" };
    await control.kubectl(["create", "quota", "none", "-n", full, "--hard=count/configmaps=0"]);
    // The status is a controller's work, and there is none here.
    const status = JSON.stringify({ status: { hard, used: { "count/configmaps": "0" } } });
    await control.kubectl(["patch", "resourcequota", "none", "-n", full, "--subresource=status", "--type=merge", "-p", status]); // prettier-ignore
    await label(full, "enabled");
    const copy = `ConfigMap ${full}/stellar-peers`;
    await eventually("it is told", 10_000, () => running.provisioner.status().failed.includes(copy));
    const other = await control.namespace("beside-full", enabled);
    await eventually("the other copy", 10_000, () => list(other));
    // From then on the next attempt is seconds away: a change must not wait for it.
    const tries = (): number => attempts.filter((namespace) => namespace === full).length;
    await eventually("it is tried again and again", 20_000, () => tries() >= 4);
    for (const revision of ["8.1", "8.2", "8.3", "8.4", "8.5"]) {
      const since = performance.now();
      await write({ revision });
      await eventually("others follow", 10_000, async () => (await list(other))?.data?.["revision"] === revision); // prettier-ignore
      const took = performance.now() - since;
      assert.ok(took < 1000, `took ${took.toFixed(0)} ms`);
    }
    assert.ok(tries() <= 6, `${tries()} attempts: changes elsewhere make it no faster`);
    assert.equal(running.log.about("provision.failed").filter(({ object }) => object === copy).length, 1);
    const event = running.events.find(({ regarding }) => regarding.namespace === full);
    assert.deepEqual([event?.reason, event?.regarding.name], ["ProvisioningFailed", "stellar-peers"]);
    assert.match(event?.note ?? "", /exceeded quota/);
    await control.kubectl(["delete", "quota", "none", "-n", full]);
    await eventually("the copy", 45_000, () => list(full));
    await eventually("no problem is left", 5_000, () => running.provisioner.status().failed.length === 0);
  });

  it("leaves a namespace alone that is being deleted, and serves the others", async () => {
    const going = await control.namespace("going", own);
    await api.delete({ apiVersion: "v1", kind: "Namespace", name: going }, call);
    await label(going, "enabled");
    const other = await control.namespace("staying", enabled);
    await eventually("the other copy", 5_000, () => list(other));
    assert.equal(await list(going), undefined);
    assert.deepEqual(running.provisioner.status().failed, []);
  });

  it("writes nothing when nothing has changed, also when another takes over", async () => {
    const versions = async (): Promise<string> => {
      const selector = `${labels.provisionedFor}=${peers}`;
      const copies = await api.list({ apiVersion: "v1", kind: "ConfigMap", labelSelector: selector }, call);
      const bindings = await api.list(
        { apiVersion: rbac, kind: "RoleBinding", labelSelector: selector },
        call,
      );
      return [...copies.items, ...bindings.items].map(({ metadata }) => metadata.resourceVersion).join();
    };
    await running.stop();
    const before = await versions();
    start();
    await eventually("it has looked", 5000, () => running.provisioner.status().namespaces.length > 0);
    await running.stop();
    assert.equal(await versions(), before);
    assert.deepEqual(running.log.about("provision.updated"), []);
    start();
  });
});
