import assert from "node:assert/strict";
import { makePeer } from "../../agent/publish/makePeer.ts";
import { makeStored } from "../../agent/publish/makeStored.ts";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { ConfigMap } from "../../../webhook/provision/ConfigMap.ts";
import { isOwn } from "../../../webhook/provision/isOwn.ts";
import { planProvision } from "../../../webhook/provision/planProvision.ts";
import type { ProvisionAction } from "../../../webhook/provision/ProvisionAction.ts";
import type { ProvisionObservation } from "../../../webhook/provision/ProvisionObservation.ts";
import type { RoleBinding } from "../../../webhook/provision/RoleBinding.ts";

const settings = {
  peersNamespace: "stellar-system",
  peersConfigMap: "stellar-peers",
  peersLease: "stellar-peers",
  apiPorts: [],
  roles: { cluster: "agent", peers: "agent", events: "agent-events" },
};
const nothing: ProvisionObservation = {
  namespaces: [],
  accounts: [],
  original: undefined,
  remembered: undefined,
  leasePresent: false,
  injected: [],
  networkPolicies: [],
  copies: [],
  originalAge: 0,
  originalUnchangedFor: 0,
  bindings: [],
};

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
}

function isList({ metadata }: KubeObject): boolean {
  return metadata.namespace === settings.peersNamespace;
}

/** The cluster after the actions, as the watches would show it. */
function carryOut(observed: ProvisionObservation, actions: readonly ProvisionAction[]): ProvisionObservation {
  const objects = new Map<string, KubeObject>(
    [observed.original, ...observed.copies, ...observed.bindings].flatMap((object) =>
      object ? [[keyOf(object), object] as const] : [],
    ),
  );
  let { leasePresent } = observed;
  for (const { verb, object } of actions) {
    if (object.kind === "Lease") leasePresent = true;
    else if (verb === "delete") objects.delete(keyOf(object));
    else objects.set(keyOf(object), object);
  }
  const all = [...objects.values()];
  const configMaps = all.filter(({ kind }) => kind === "ConfigMap") as ConfigMap[];
  return {
    ...observed,
    leasePresent,
    original: configMaps.find(isList),
    copies: configMaps.filter((object) => !isList(object)),
    bindings: all.filter(({ kind }) => kind !== "ConfigMap") as RoleBinding[],
  };
}

/** Looks until nothing is left to do. */
function settle(observed: ProvisionObservation): ProvisionObservation {
  let state = observed;
  for (let look = 0; look < 4; look += 1) state = carryOut(state, planProvision(state, settings));
  assert.deepEqual(planProvision(state, settings), [], "it never comes to rest");
  return state;
}

const namespaces = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "stellar-system"));
const accounts = fc.array(
  fc.record({ namespace: fc.constantFrom("a", "b", "c", "x"), name: fc.constantFrom("core", "default") }),
);

describe("what the provisioner plans", () => {
  it("makes an empty list and a Lease on an empty cluster", () => {
    const actions = planProvision(nothing, settings);
    assert.deepEqual(
      actions.map(({ verb, object }) => `${verb} ${keyOf(object)}`),
      ["create ConfigMap stellar-system/stellar-peers", "create Lease stellar-system/stellar-peers"],
    );
  });

  it("comes to rest in a few looks, whatever namespaces and accounts come and go", () => {
    fc.assert(
      fc.property(namespaces, accounts, namespaces, accounts, (before, first, after, second) => {
        const state = settle({ ...nothing, namespaces: before, accounts: first });
        const end = settle({ ...state, namespaces: after, accounts: second });
        const copies = end.copies.map(({ metadata }) => metadata.namespace ?? "").sort();
        assert.deepEqual(copies, after.filter((name) => name !== settings.peersNamespace).sort()); // prettier-ignore
        for (const { subjects = [] } of end.bindings)
          for (const { namespace = "", name } of subjects) {
            assert.ok(after.includes(namespace), `${namespace} is not enabled`);
            assert.ok(second.some((account) => account.namespace === namespace && account.name === name));
          }
        assert.ok([...end.copies, ...end.bindings].every((object) => isOwn(object, settings.peersNamespace)));
      }),
    );
  });

  it("does not delete again what is on its way out", () => {
    const state = settle({ ...nothing, namespaces: ["a"], accounts: [{ namespace: "a", name: "core" }] });
    const going = <T extends KubeObject>(object: T): T => ({
      ...object,
      metadata: { ...object.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" },
    });
    const gone = { ...state, namespaces: [], accounts: [] };
    assert.equal(planProvision(gone, settings).length, 4);
    const leaving = { ...gone, copies: state.copies.map(going), bindings: state.bindings.map(going) };
    assert.deepEqual(planProvision(leaving, settings), []);
  });

  it("writes an update on exactly the version that it saw", () => {
    const state = settle({ ...nothing, namespaces: ["a"] });
    const [copy] = state.copies;
    assert.ok(copy && state.original);
    const seen = { ...copy, metadata: { ...copy.metadata, resourceVersion: "41", uid: "u" } };
    const original = { ...state.original, data: { ...state.original.data, revision: "1.1" } };
    const [action] = planProvision({ ...state, original, copies: [seen] }, settings);
    assert.equal(action?.verb, "update");
    assert.equal(action.object.metadata.resourceVersion, "41");
    assert.equal(action.object.metadata.uid, "u");
  });

  it("leaves copies as they are while the list is edited, or may be long since another", () => {
    const list = (revision: string): ConfigMap => {
      const { data, metadata } = makeStored([makePeer(1), makePeer(2)], revision);
      const at = { ...metadata, namespace: "stellar-system" };
      return { apiVersion: "v1", kind: "ConfigMap", metadata: at, data: data ?? {} };
    };
    const state = settle({ ...nothing, namespaces: ["a"], original: list("1.1") });
    const actions = (observed: Partial<ProvisionObservation>): number =>
      planProvision({ ...state, ...observed }, settings).length;
    const next = list("1.2");
    assert.equal(actions({ original: next }), 1);
    assert.equal(actions({ original: next, originalAge: 59_999 }), 1);
    assert.equal(actions({ original: next, originalAge: 60_000 }), 0);
    assert.equal(actions({ original: { ...next, data: { ...next.data, "peers.json": "[]" } } }), 0);
    assert.equal(actions({ original: { ...next, data: { ...next.data, revision: "" } } }), 0);
    assert.equal(actions({ original: { ...next, metadata: { ...next.metadata, annotations: {} } } }), 0);
    assert.equal(actions({ originalAge: Infinity, namespaces: ["b"] }), 1, "no copy is made of it, one goes");
  });

  it("takes a copy back to a lower revision only once the list has been shown like that for a while", () => {
    const list = (namespace: string, revision: string): ConfigMap => {
      const { data = {}, metadata } = makeStored([makePeer(1), makePeer(2)], revision);
      return { apiVersion: "v1", kind: "ConfigMap", metadata: { ...metadata, namespace }, data };
    };
    const original = list("stellar-system", "2.4");
    const state = { ...nothing, namespaces: ["a"], original, leasePresent: true };
    const actions = (copy: ConfigMap, originalUnchangedFor: number): number =>
      planProvision({ ...state, copies: [copy], originalUnchangedFor }, settings).length;
    const ahead = list("a", "2.5");
    assert.equal(actions(ahead, 9_999), 0);
    assert.equal(actions(ahead, 10_000), 1);
    assert.equal(actions(list("a", "2.3"), 0), 1);
    assert.equal(actions({ ...ahead, data: { ...ahead.data, note: "edited" } }, 0), 1);
  });

  it("makes a list that is gone as it was last seen, or as the newest copy has it, never empty", () => {
    const at = (namespace: string, revision: string): ConfigMap => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace, name: "stellar-peers" },
      data: { revision, "peers.json": `[${revision}]` },
    });
    const copies = [at("a", "2.9"), at("b", "2.10")];
    const made = (observed: Partial<ProvisionObservation>): ConfigMap | undefined =>
      planProvision(
        { ...nothing, leasePresent: true, copies, namespaces: ["a", "b"], ...observed },
        settings,
      ).find(({ verb }) => verb === "create")?.object;
    assert.equal(made({})?.data?.["revision"], "2.10");
    assert.equal(made({ remembered: at("stellar-system", "3.1") })?.data?.["revision"], "3.1");
  });

  it("makes it of a copy that nobody edited, be it an older one", () => {
    const sound = (namespace: string, revision: string): ConfigMap => {
      const { data, metadata } = makeStored([makePeer(1), makePeer(2)], revision);
      return { apiVersion: "v1", kind: "ConfigMap", metadata: { ...metadata, namespace }, data: data ?? {} };
    };
    const edit = (copy: ConfigMap, data: Readonly<Record<string, string>>): ConfigMap => ({
      ...copy,
      data: { ...copy.data, ...data },
    });
    const made = (copies: readonly ConfigMap[]): string | undefined => {
      const observed = { ...nothing, leasePresent: true, copies, namespaces: ["a", "b"] };
      const created = planProvision(observed, settings).find(({ verb }) => verb === "create");
      const list: ConfigMap | undefined = created?.object;
      return list?.data?.["revision"];
    };
    const older = sound("a", "2.9");
    const addressed = edit(sound("b", "2.10"), { "peers.txt": "203.0.113.7:11625\n" });
    assert.equal(made([older, addressed]), "2.9");
    const [noted, emptied] = [
      edit(older, { note: "hands off" }),
      edit(sound("b", "2.10"), { "peers.json": "[]" }),
    ];
    assert.equal(made([emptied, noted]), "2.9", "its peers are those that were written");
    assert.equal(made([emptied]), "2.10");
  });

  it("goes on from the list's epoch when the Lease is made again", () => {
    const original: ConfigMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        namespace: "stellar-system",
        name: "stellar-peers",
        annotations: { "peer-discovery.stellar.org/epoch": "12" },
      },
      data: { revision: "11.4" },
    };
    const made = (list: ConfigMap): unknown => {
      const [{ object } = assert.fail()] = planProvision({ ...nothing, original: list }, settings);
      return (object as KubeObject & { spec: unknown }).spec;
    };
    assert.deepEqual(made(original), { leaseTransitions: 12 });
    const stated = { "peer-discovery.stellar.org/revision": "13.1" };
    const edited = { ...original, metadata: { ...original.metadata, annotations: stated }, data: {} };
    assert.deepEqual(
      made(edited),
      { leaseTransitions: 13 },
      "two of the three places where it stands are edited",
    );
  });

  it("leaves bindings and ConfigMaps of another installation with the same labels alone", () => {
    const state = settle({ ...nothing, namespaces: ["a"], accounts: [{ namespace: "a", name: "core" }] });
    const renamed = <T extends KubeObject>(object: T): T => ({
      ...object,
      metadata: { ...object.metadata, name: "another" },
    });
    const others = { copies: state.copies.map(renamed), bindings: state.bindings.map(renamed) };
    const both = {
      ...state,
      copies: [...state.copies, ...others.copies],
      bindings: [...state.bindings, ...others.bindings],
    };
    assert.deepEqual(planProvision(both, settings), []);
  });

  it("makes a binding to another role again, since its role can't be changed", () => {
    const state = settle({ ...nothing, namespaces: ["a"], accounts: [{ namespace: "a", name: "core" }] });
    const turned = state.bindings.map((binding) => ({
      ...binding,
      roleRef: { ...binding.roleRef, name: "cluster-admin" },
    }));
    const verbs = planProvision({ ...state, bindings: turned }, settings).map(({ verb }) => verb);
    assert.deepEqual(verbs, turned.map(() => "delete")); // prettier-ignore
    assert.deepEqual(settle({ ...state, bindings: turned }).bindings.length, state.bindings.length);
  });
});
