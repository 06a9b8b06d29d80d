import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseStaticPeers } from "../../../agent/parseStaticPeers.ts";
import { objects } from "./objects.ts";
import { picture } from "./picture.ts";

const { node, slice, endpoint } = objects;

function listed(view: ReturnType<typeof picture>): string[] {
  return view.peers.map((peer) => `${peer.namespace}/${peer.name}@${peer.peerString}`);
}

function reasons(view: ReturnType<typeof picture>): Record<string, string> {
  return Object.fromEntries(view.omissions.map(({ name, reason }) => [name, reason]));
}

describe("planPeers from StellarNodes", () => {
  it("lists a validator with its pod's address, its Service's peer port, its network and its pod", () => {
    const view = picture({
      nodes: [node("a")],
      slices: [slice("a", [endpoint("10.0.0.1", { pod: "a-0" })])],
    });
    assert.deepEqual(view, {
      peers: [
        {
          name: "a",
          namespace: "val",
          nodeType: "Validator",
          ip: "10.0.0.1",
          port: 11_625,
          peerString: "10.0.0.1:11625",
          network: "testnet",
          networkPassphrase: "Test SDF Network ; September 2015",
          pod: "a-0",
        },
      ],
      omissions: [],
    });
  });

  it("takes the node type in any letter case, and says which nodes are no validators", () => {
    const view = picture({
      nodes: [
        node("a", { nodeType: "VALIDATOR" }),
        node("b", { nodeType: "validator" }),
        node("h", { nodeType: "Horizon" }),
      ],
      slices: ["a", "b", "h"].map((name, index) => slice(name, [endpoint(`10.0.0.${index + 1}`)])),
    });
    assert.deepEqual(listed(view), ["val/a@10.0.0.1:11625", "val/b@10.0.0.2:11625"]);
    assert.equal(view.peers[0]?.nodeType, "Validator");
    assert.deepEqual(reasons(view), { h: "not-a-validator" });
  });

  it("lists pods that are not ready, and none that is terminating", () => {
    const view = picture({
      nodes: [node("a"), node("b")],
      slices: [
        slice("a", [endpoint("10.0.0.1", { ready: false })]),
        slice("b", [endpoint("10.0.0.2", { terminating: true })]),
      ],
    });
    assert.deepEqual(listed(view), ["val/a@10.0.0.1:11625"]);
    assert.deepEqual(reasons(view), { b: "terminating" });
  });

  it("replaces a terminating pod by the next one behind the same Service", () => {
    const endpoints = [
      endpoint("10.0.0.1", { terminating: true, pod: "a-0" }),
      endpoint("10.0.0.9", { pod: "a-0" }),
    ];
    assert.deepEqual(listed(picture({ nodes: [node("a")], slices: [slice("a", endpoints)] })), [
      "val/a@10.0.0.9:11625",
    ]);
  });

  it("gives a reason for every StellarNode that is left out", () => {
    const view = picture({
      nodes: [
        node("bare", { network: null }),
        node("empty"),
        node("host"),
        node("none"),
        node("noport"),
        node("resting", { suspended: true }),
        node("six"),
        { metadata: { name: "nothing", namespace: "val" } },
      ],
      slices: [
        slice("empty", null),
        slice("host", [endpoint("a.example")], { addressType: "FQDN" }),
        slice("noport", [endpoint("10.0.0.3")], { ports: [{ name: "http", port: 11_626 }] }),
        slice("resting", [endpoint("10.0.0.4")]),
        slice("six", [endpoint("fd00::1")], { addressType: "IPv6" }),
      ],
    });
    assert.deepEqual(view.peers, []);
    assert.deepEqual(reasons(view), {
      bare: "no-network",
      empty: "no-address",
      host: "hostname-only",
      none: "no-service",
      noport: "no-peer-port",
      nothing: "not-a-validator",
      resting: "suspended",
      six: "ipv6-only",
    });
    for (const omission of view.omissions) assert.notEqual(omission.detail, "");
  });

  it("takes the IPv4 slice of a dual-stack Service, whichever comes first", () => {
    const six = slice("a", [endpoint("fd00::1", { pod: "a-0" })], { addressType: "IPv6", name: "a-1" });
    const four = slice("a", [endpoint("10.0.0.1", { pod: "a-0" })], { name: "a-2" });
    for (const slices of [
      [six, four],
      [four, six],
    ]) {
      const view = picture({ nodes: [node("a")], slices });
      assert.deepEqual(listed(view), ["val/a@10.0.0.1:11625"]);
      assert.deepEqual(view.omissions, []);
    }
  });

  it("takes only the Service of the node's own name in its own namespace", () => {
    const slices = [
      slice("a", [endpoint("10.0.0.1")]),
      slice("a", [endpoint("10.0.0.2")], { namespace: "other" }),
      slice("a-headless", [endpoint("10.0.0.3")]),
      slice("a-service", [endpoint("10.0.0.4")]),
    ];
    assert.deepEqual(listed(picture({ nodes: [node("a")], slices })), ["val/a@10.0.0.1:11625"]);
  });

  it("lists a pod once that stands in two slices of its Service", () => {
    const slices = ["a-1", "a-2"].map((name) => slice("a", [endpoint("10.0.0.1", { pod: "a-0" })], { name }));
    assert.deepEqual(listed(picture({ nodes: [node("a")], slices })), ["val/a@10.0.0.1:11625"]);
  });

  it("keeps hostNetwork pods apart that share an address", () => {
    const ports = (port: number): unknown => [{ name: "peer", port, protocol: "TCP" }];
    const view = picture({
      nodes: [node("a"), node("b")],
      slices: [
        slice("a", [endpoint("192.168.1.5")], { ports: ports(11_625) }),
        slice("b", [endpoint("192.168.1.5")], { ports: ports(11_635) }),
      ],
    });
    assert.deepEqual(listed(view), ["val/a@192.168.1.5:11625", "val/b@192.168.1.5:11635"]);
  });

  it("tells namespaces and networks apart", () => {
    const view = picture({
      nodes: [node("a"), node("a", { namespace: "two", network: "Mainnet" })],
      slices: [slice("a", [endpoint("10.0.0.1")]), slice("a", [endpoint("10.0.0.2")], { namespace: "two" })],
    });
    assert.deepEqual(
      view.peers.map(({ namespace, network }) => [namespace, network]),
      [
        ["two", "mainnet"],
        ["val", "testnet"],
      ],
    );
  });

  it("advertises the pod, the external address or a given one, and never another than was asked for", () => {
    const external = { externalIp: "203.0.113.7" };
    const names = ["pod", "external", "given", "unset", "hostname", "wrong", "nobody"];
    const view = picture({
      nodes: [
        node("pod", { advertise: "pod", status: external }),
        node("external", { advertise: "External", status: external }),
        node("given", { advertise: "198.51.100.9" }),
        node("unset", { advertise: "external" }),
        node("hostname", { advertise: "external", status: { externalIp: "lb.example" } }),
        node("wrong", { advertise: "fd00::1" }),
        node("nobody", { advertise: "0.0.0.0" }),
        node("bare", { advertise: "198.51.100.10" }),
      ],
      slices: names.map((name, index) => slice(name, [endpoint(`10.0.0.${index + 1}`)])),
    });
    assert.deepEqual(listed(view), [
      "val/bare@198.51.100.10:11625",
      "val/external@203.0.113.7:11625",
      "val/given@198.51.100.9:11625",
      "val/pod@10.0.0.1:11625",
    ]);
    assert.deepEqual(reasons(view), {
      hostname: "no-external-ip",
      nobody: "bad-advertise-address",
      unset: "no-external-ip",
      wrong: "bad-advertise-address",
    });
  });

  it("lists static peers under their address, of no network, unless discovered", () => {
    const view = picture({
      nodes: [node("a")],
      slices: [slice("a", [endpoint("10.0.0.1")])],
      staticPeers: parseStaticPeers("192.0.2.2:11625,10.0.0.1:11625") ?? [],
    });
    assert.deepEqual(listed(view), ["/192.0.2.2:11625@192.0.2.2:11625", "val/a@10.0.0.1:11625"]);
    assert.equal(view.peers[0]?.nodeType, "External");
    assert.equal(view.peers[0]?.network, "");
  });
});

describe("planPeers from EndpointSlices", () => {
  const testnet = { "stellar-network": "Testnet", "stellar.org/node-type": "Validator" };

  it("lists each pod under its name, with the network of its Service's label", () => {
    const endpoints = [
      endpoint("10.0.0.2", { pod: "core-1" }),
      endpoint("10.0.0.1", { pod: "core-0", ready: false }),
    ];
    const view = picture({ slices: [slice("core", endpoints, { labels: testnet })] });
    assert.deepEqual(listed(view), ["val/core-0@10.0.0.1:11625", "val/core-1@10.0.0.2:11625"]);
    assert.equal(view.peers[0]?.network, "testnet");
    assert.equal(view.peers[0]?.networkPassphrase, "Test SDF Network ; September 2015");
  });

  it("lists a pod behind two Services once, in whatever order they come", () => {
    const one = slice("core", [endpoint("10.0.0.1", { pod: "core-0" })], { labels: testnet });
    const two = slice("core-public", [endpoint("10.0.0.1", { pod: "core-0" })], {
      labels: { ...testnet, "peer-discovery.stellar.org/advertise-address": "198.51.100.1" },
    });
    for (const slices of [
      [one, two],
      [two, one],
    ])
      assert.deepEqual(listed(picture({ slices })), ["val/core-0@198.51.100.1:11625"]);
  });

  it("takes the Service's name where no pod is named, and each address by itself", () => {
    const view = picture({
      slices: [slice("core", [endpoint("10.0.0.2"), endpoint("10.0.0.1")], { labels: testnet })],
    });
    assert.deepEqual(listed(view), ["val/core@10.0.0.1:11625", "val/core@10.0.0.2:11625"]);
  });

  it("takes the port core-peer of SDF's chart", () => {
    const ports = [{ name: "core-peer", port: 11_655 }];
    const view = picture({ slices: [slice("core", [endpoint("10.0.0.1")], { labels: testnet, ports })] });
    assert.deepEqual(listed(view), ["val/core@10.0.0.1:11655"]);
  });

  it("says why a Service is left out", () => {
    const view = picture({
      slices: [
        slice("horizon", [endpoint("10.0.0.1")], {
          labels: { ...testnet, "stellar.org/node-type": "Horizon" },
        }),
        slice("six", [endpoint("fd00::1")], { labels: testnet, addressType: "IPv6" }),
        slice("unnamed", [endpoint("10.0.0.2")]),
        slice("outside", [endpoint("10.0.0.3")], {
          labels: { ...testnet, "peer-discovery.stellar.org/advertise-address": "external" },
        }),
      ],
    });
    assert.deepEqual(view.peers, []);
    assert.deepEqual(reasons(view), {
      horizon: "not-a-validator",
      outside: "no-external-ip",
      six: "ipv6-only",
      unnamed: "no-network",
    });
  });
});
