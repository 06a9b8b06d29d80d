import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assessStatus } from "../../../cli/status/assessStatus.ts";
import { renderStatus } from "../../../cli/status/renderStatus.ts";
import type { StatusObservation } from "../../../cli/status/StatusObservation.ts";
import { labels } from "../../../contract/labels.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { installation } from "../cluster/installation.ts";
import {
  namespaceObject,
  peersConfigMap,
  podObject,
  statusObservation,
  stellarNode,
} from "./statusObservation.ts";

function codes(changes: Partial<StatusObservation>): readonly string[] {
  return assessStatus(statusObservation(changes)).findings.map(({ severity, code }) => `${severity} ${code}`);
}

function seen<T>(...value: readonly T[]): { readonly state: "seen"; readonly value: readonly T[] } {
  return { state: "seen", value };
}

const absent = { state: "absent" } as const;
const unknown = { state: "unknown", detail: "forbidden" } as const;
const lease = statusObservation().lease;

function leaseWith(spec: object): StatusObservation["lease"] {
  if (lease.state !== "seen") return lease;
  return { state: "seen", value: { ...lease.value, spec: { ...lease.value.spec, ...spec } } };
}

function listWith(data: Readonly<Record<string, string>>): StatusObservation["list"] {
  return { state: "seen", value: { ...peersConfigMap("stellar-system"), data } };
}

test("a cluster in good health has no findings", () => {
  const status = assessStatus(statusObservation());
  assert.deepEqual(status.findings, []);
  assert.equal(status.list?.revision, "3.7");
  assert.deepEqual(status.list?.networks, { testnet: 2 });
  assert.deepEqual(status.leader, { holder: "validators/alpha-0/uid", epoch: 3, secondsSinceRenewal: 2 });
  assert.deepEqual(status.sources, { validators: 2, endpointSlices: 0 });
  assert.deepEqual(status.namespaces, [
    { name: "validators", copy: "current", revision: "3.7", injectedPods: 2, barePods: 0 },
  ]);
});

describe("the list", () => {
  const { data = {} } = peersConfigMap("stellar-system");

  test("is missing: then missing copies are no news", () => {
    assert.deepEqual(codes({ list: absent, copies: seen() }), ["problem list-missing"]);
  });

  test("is there, and empty before the first agent", () => {
    assert.deepEqual(
      codes({ list: listWith({}), copies: seen({ ...peersConfigMap("validators"), data: {} }) }),
      ["warning list-missing"],
    );
  });

  test("can't be used", () => {
    const list = listWith({ ...data, "peers.json": "[" });
    assert.deepEqual(codes({ list }), ["problem list-invalid", "warning copy-behind"]);
  });

  test("was edited", () => {
    const list = listWith({ ...data, "peers.json": "[]" });
    assert.ok(codes({ list }).includes("warning list-edited"));
  });

  test("lacks a validator", () => {
    const stellarNodes = seen(
      stellarNode("alpha"),
      stellarNode("gamma", { nodeType: "VALIDATOR" }),
      stellarNode("delta", { nodeType: "Validator", suspended: true }),
      stellarNode("epsilon", { nodeType: "Horizon" }),
    );
    const { findings, sources } = assessStatus(statusObservation({ stellarNodes }));
    assert.deepEqual(
      findings.map(({ code, detail }) => `${code} ${detail}`),
      ["validator-not-listed StellarNode validators/gamma"],
    );
    assert.equal(sources.validators, 2);
    assert.deepEqual(codes({ stellarNodes, discoverySource: "endpointslices" }), []);
    assert.deepEqual(codes({ stellarNodes: absent }), []);
  });

  test("lacks very many validators: some of them are named", () => {
    const stellarNodes = seen(...Array.from({ length: 50 }, (_, index) => stellarNode(`v${index}`)));
    assert.equal(codes({ stellarNodes }).length, 10);
  });
});

describe("the leader", () => {
  test("is not there", () => {
    assert.deepEqual(codes({ lease: absent }), ["problem leader-missing"]);
    assert.deepEqual(codes({ lease: leaseWith({ holderIdentity: "" }) }), ["problem leader-missing"]);
  });

  test("is silent", () => {
    const late = leaseWith({ renewTime: "2026-02-28T23:59:00Z" });
    assert.deepEqual(codes({ lease: late }), ["problem leader-silent"]);
  });

  test("can't be there before there is an agent", () => {
    assert.deepEqual(codes({ lease: absent, pods: seen() }), ["note leader-missing"]);
  });
});

describe("namespaces", () => {
  test("without a copy, or with one that is behind", () => {
    assert.deepEqual(codes({ copies: seen() }), ["problem copy-missing"]);
    const { findings, namespaces } = assessStatus(
      statusObservation({ copies: seen(peersConfigMap("validators", "3.5")) }),
    );
    assert.equal(findings[0]?.detail, "namespace validators has revision 3.5, the list is 3.7");
    assert.equal(namespaces[0]?.copy, "behind");
  });

  test("the list's own needs no copy", () => {
    const namespaces = seen(namespaceObject("stellar-system"));
    assert.deepEqual(codes({ namespaces, copies: seen() }), []);
  });

  test("with pods that should have an agent", () => {
    const disabled = podObject("c", false);
    const pods = seen(podObject("a", true), podObject("b", false), {
      ...disabled,
      metadata: {
        ...disabled.metadata,
        labels: { ...disabled.metadata.labels, [labels.injection]: "disabled" },
      },
    });
    const { findings, namespaces } = assessStatus(statusObservation({ pods }));
    assert.deepEqual(
      findings.map(({ code, detail }) => `${code} ${detail}`),
      ["pod-not-injected pods without an agent in namespace validators: 1"],
    );
    assert.deepEqual([namespaces[0]?.injectedPods, namespaces[0]?.barePods], [1, 1]);
  });

  test("with agents of another version", () => {
    const pods = seen(podObject("a", true, "1.0.0"), podObject("b", true));
    assert.deepEqual(codes({ pods }), ["note agent-outdated"]);
    const { settings } = parseInjectionSettings({ AGENT_IMAGE: "unknown" }, "unknown");
    assert.deepEqual(codes({ pods, settings }), []);
  });

  test("with agents of another image", () => {
    const running = (image: string) => ({ containers: [{ name: "peer-agent", image }] });
    const pods = seen(
      { ...podObject("a", true), spec: running("agent:0") },
      { ...podObject("b", true), spec: running("agent:1") },
    );
    const { findings } = assessStatus(statusObservation({ pods }));
    assert.deepEqual(
      findings.map(({ detail }) => detail),
      ["pods whose agent is not what pods made now get, version 1.2.3, image agent:1: 1"],
    );
  });

  test("the one that was asked for is not enabled, or not there", () => {
    const namespaces = seen(namespaceObject("dark", {}));
    assert.deepEqual(codes({ onlyNamespace: "dark", namespaces }), ["problem namespace-not-enabled"]);
    assert.deepEqual(codes({ onlyNamespace: "dark", namespaces: absent }), ["problem namespace-missing"]);
  });
});

test("what may not be read is a note each, and no problem", () => {
  const findings = codes({
    installations: unknown,
    list: unknown,
    lease: unknown,
    stellarNodes: unknown,
    endpointSlices: unknown,
    namespaces: unknown,
    copies: unknown,
    pods: unknown,
  });
  assert.deepEqual(
    findings,
    Array.from({ length: 8 }, () => "note not-visible"),
  );
});

test("people read problems first, then the facts, then the namespaces, then the agents", () => {
  const status = assessStatus(
    statusObservation({
      installations: seen(installation({ available: 1 })),
      namespaces: seen(namespaceObject("validators"), namespaceObject("stellar-system")),
      copies: seen(),
    }),
  );
  assert.equal(
    renderStatus(status),
    `problem copy-missing: a namespace has no copy of the list
  namespace validators
  what to do: the provisioner, a part of the webhook, writes copies: look into the webhook's logs
warning webhook-degraded: replicas of the webhook are missing
  Deployment stellar-system/spd: 1 of 2 replicas are available
  what to do: look why: kubectl -n stellar-system describe deployment spd; kubectl -n stellar-system logs deployment/spd

webhook  stellar-system/spd, version 1.2.3, 1 of 2 replicas available
list     revision 3.7, 2 peers (testnet 2)
leader   validators/alpha-0/uid, epoch 3, renewed 2 s ago
sources  2 StellarNodes that are validators, 0 EndpointSlices of validators

NAMESPACE       LIST      REVISION  INJECTED PODS  WITHOUT AGENT
stellar-system  original  3.7       0              0
validators      missing   -         2              0

AGENT OF                    VERSION  NETWORK  SEEN  APPLIED  CONFIRMED  CORE     PEERS   LAST ERROR
validators/alpha-0 (leads)  1.2.3    testnet  3.7   3.7      3.7        healthy  1 of 1  -
validators/beta-0           1.2.3    testnet  3.7   3.7      3.7        healthy  1 of 1  -
`,
  );
});

test("people are told when there is nothing", () => {
  const nothing = { list: absent, lease: absent, stellarNodes: absent, endpointSlices: absent } as const;
  const text = renderStatus(
    assessStatus(statusObservation({ ...nothing, namespaces: seen(), pods: seen(), agents: new Map() })),
  );
  assert.match(
    text,
    /\nlist {5}none\nleader {3}none\nsources {2}no StellarNodes that are validators, no End/,
  );
  assert.match(text, /\nno namespace is enabled\n$/);
  assert.match(renderStatus(assessStatus(statusObservation())), /^no problems found\n/);
});
