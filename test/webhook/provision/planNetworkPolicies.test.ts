import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { labels } from "../../../contract/labels.ts";
import type { NetworkPolicy } from "../../../webhook/provision/NetworkPolicy.ts";
import { ownLabels } from "../../../webhook/provision/ownLabels.ts";
import { planNetworkPolicies } from "../../../webhook/provision/planNetworkPolicies.ts";
import type { ValidatorPod } from "../../../webhook/provision/ValidatorPod.ts";
import { makePod } from "./makePod.ts";

const v0 = makePod("v0", { agent: "1" });
const v1 = makePod("v1", { agent: "1", labels: { app: "other" } });

function policy(spec: NetworkPolicy["spec"], namespace = "a"): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { namespace, name: "operator" },
    spec,
  };
}

const closed = policy({ podSelector: {}, policyTypes: ["Egress"] });

function plan(
  injected: readonly ValidatorPod[],
  networkPolicies: readonly NetworkPolicy[],
  { namespaces = ["a"], apiPorts = [443, 6443] } = {},
): readonly { readonly verb: string; readonly object: NetworkPolicy }[] {
  const settings = {
    peersNamespace: "stellar-system",
    peersConfigMap: "stellar-peers",
    peersLease: "stellar-peers",
    apiPorts,
    roles: { cluster: "agent", peers: "agent", events: "agent-events" },
  };
  const observed = {
    namespaces,
    accounts: [],
    original: undefined,
    remembered: undefined,
    leasePresent: true,
    copies: [],
    originalAge: 0,
    originalUnchangedFor: 0,
    bindings: [],
    injected,
    networkPolicies,
  };
  return planNetworkPolicies(observed, settings) as ReturnType<typeof plan>;
}

describe("the network policy for agents", () => {
  it("opens the API server's ports to injected pods, and nothing else", () => {
    const [action] = plan([v0], [closed]);
    assert.equal(action?.verb, "create");
    assert.deepEqual(action.object.spec, {
      podSelector: { matchLabels: { [labels.injected]: "true" } },
      policyTypes: ["Egress"],
      egress: [{ ports: [443, 6443].map((port) => ({ protocol: "TCP", port })) }],
    });
  });

  it("is not made where it would be the first to speak of egress, and so close all else", () => {
    assert.deepEqual(plan([v0], []), []);
    assert.deepEqual(plan([v0], [policy({ podSelector: {}, policyTypes: ["Ingress"] })]), []);
    assert.deepEqual(plan([v0], [policy({ podSelector: {}, policyTypes: ["Egress"] }, "b")]), []);
    const some = policy({ podSelector: { matchLabels: { app: "other" } }, egress: [{}] });
    assert.deepEqual(plan([v0, v1], [some]), []);
    assert.equal(plan([v1], [some]).length, 1);
  });

  it("is not made unless asked for, in other namespaces, or where no pod has an agent", () => {
    assert.deepEqual(plan([v0], [closed], { apiPorts: [] }), []);
    assert.deepEqual(plan([v0], [closed], { namespaces: ["b"] }), []);
    assert.deepEqual(plan([], [closed]), []);
  });

  it("is left as it is, brought up to date, and goes with the last policy that limits egress", () => {
    const [made] = plan([v0], [closed]);
    assert.ok(made);
    const own = { ...made.object, metadata: { ...made.object.metadata, uid: "u", resourceVersion: "7" } };
    assert.deepEqual(plan([v0], [closed, own]), []);
    const [update] = plan([v0], [closed, own], { apiPorts: [6443] });
    assert.deepEqual([update?.verb, update?.object.metadata.resourceVersion], ["update", "7"]);
    assert.deepEqual(plan([v0], [own]).map(({ verb }) => verb), ["delete"]); // prettier-ignore
  });

  it("stays while all pods are made again, as long as another policy limits egress", () => {
    const [made] = plan([v0], [closed]);
    assert.ok(made);
    assert.deepEqual(plan([], [closed, made.object]), []);
    assert.deepEqual(plan([makePod("v0", { agent: "1", going: true })], [closed, made.object]), []);
    assert.deepEqual(plan([], [made.object]).map(({ verb }) => verb), ["delete"]); // prettier-ignore
  });

  it("leaves one of its name that somebody else made alone", () => {
    const [made] = plan([v0], [closed]);
    assert.ok(made);
    const { [labels.provisionedFor]: _omitted, ...others } = ownLabels("stellar-system");
    const foreign = { ...made.object, metadata: { ...made.object.metadata, labels: others } };
    assert.deepEqual(plan([v0], [closed, foreign]).map(({ verb }) => verb), ["create"]); // prettier-ignore
  });
});
