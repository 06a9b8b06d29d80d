import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { readEndpointSlice } from "../../../agent/discover/readEndpointSlice.ts";
import { readStellarNode } from "../../../agent/discover/readStellarNode.ts";
import { parsePeerDocument } from "../../../contract/parsePeerDocument.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { objects } from "./objects.ts";
import { picture } from "./picture.ts";

const name = fc.constantFrom("a", "b", "c", "d");
const namespace = fc.constantFrom("one", "two");
const ip = fc.constantFrom("10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1", "lb.example", "999.1.1.1", "");
const network = fc.oneof(
  fc.constantFrom("testnet", "Mainnet", "lab", { custom: "lab" }, { Custom: "testnet" }, null),
  fc.string({ maxLength: 300 }),
);
const advertise = fc.constantFrom(undefined, "pod", "external", "198.51.100.1", "no");

const node = fc
  .record({ name, namespace, network, advertise, suspended: fc.constantFrom(undefined, true, false, "yes") })
  .map(({ name, namespace, network, advertise, suspended }) =>
    objects.node(name, {
      namespace,
      network,
      suspended,
      ...(advertise && { advertise }),
      status: { externalIp: "203.0.113.1" },
    }),
  );
const endpoint = fc
  .record({ ip, pod: fc.option(name, { nil: undefined }), terminating: fc.boolean() })
  .map(({ ip, pod, terminating }) => objects.endpoint(ip, { terminating, ...(pod && { pod }) }));
const slice = fc
  .record({
    service: name,
    namespace,
    name,
    endpoints: fc.array(endpoint, { maxLength: 4 }),
    labels: fc.constantFrom<Record<string, string>>(
      {},
      { "stellar-network": "testnet" },
      {
        "stellar-network": "lab",
        "peer-discovery.stellar.org/advertise-address": "198.51.100.2",
      },
    ),
    addressType: fc.constantFrom("IPv4", "IPv6"),
  })
  .map(({ service, endpoints, ...shape }) =>
    objects.slice(service, endpoints, { ...shape, name: `${service}-${shape.name}` }),
  );

function key(object: { readonly metadata: { readonly namespace?: string; readonly name?: string } }): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}

const observed = fc.record({
  nodes: fc.option(fc.uniqueArray(node, { maxLength: 8, selector: key }), { nil: undefined }),
  slices: fc.uniqueArray(slice, { maxLength: 8, selector: key }),
});

const shuffled = observed.chain(({ nodes, slices }) =>
  fc.tuple(
    fc.constant({ ...(nodes && { nodes }), slices }),
    fc.record({
      nodes: fc
        .constant(nodes)
        .chain((list) =>
          list ? fc.shuffledSubarray(list, { minLength: list.length }) : fc.constant(undefined),
        ),
      slices: fc.shuffledSubarray(slices, { minLength: slices.length }),
    }),
  ),
);

describe("planPeers, whatever was observed", () => {
  it("makes the same bytes and the same omissions of the same observations in any order", () => {
    fc.assert(
      fc.property(shuffled, ([one, { nodes, slices }]) => {
        const first = picture(one);
        const second = picture({ ...(nodes && { nodes }), slices });
        assert.deepEqual(renderPeers(second.peers), renderPeers(first.peers));
        assert.deepEqual(second.omissions, first.omissions);
      }),
    );
  });

  it("makes a document that every reader accepts", () => {
    fc.assert(
      fc.property(observed, ({ nodes, slices }) => {
        const { peers } = picture({ ...(nodes && { nodes }), slices });
        const result = parsePeerDocument({ ...renderPeers(peers), revision: "1.1" });
        assert.ok(result.ok, result.ok ? "" : result.detail);
      }),
    );
  });

  it("lists every StellarNode or says why not", () => {
    fc.assert(
      fc.property(observed, ({ nodes = [], slices }) => {
        const { peers, omissions } = picture({ nodes, slices });
        const accounted = new Set([...peers, ...omissions].map((item) => `${item.namespace}/${item.name}`));
        assert.deepEqual([...accounted].sort(), nodes.map(key).sort());
      }),
    );
  });

  it("reads anything at all without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readStellarNode(value);
        readEndpointSlice(value);
        readStellarNode({
          metadata: { name: "a", annotations: value, namespace: value },
          spec: value,
          status: value,
        });
        readEndpointSlice({
          metadata: { name: "a", labels: { "kubernetes.io/service-name": "a" } },
          addressType: value,
          ports: [value, { name: "peer", port: value }],
          endpoints: [value, { addresses: value, conditions: value, targetRef: value }],
        });
      }),
    );
  });
});
