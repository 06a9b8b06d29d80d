import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { planDialing } from "../../../agent/apply/planDialing.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { SeededRandom } from "../../simulation/SeededRandom.ts";
import { DialGraph } from "./DialGraph.ts";
import { makeExternal } from "./makeExternal.ts";
import { makeValidator } from "./makeValidator.ts";

/** As the agent's default. */
const maxDialed = 8;
/** Nobody is dialed by more, and so nobody's coming or going concerns more. */
const mostDialed = 40;

/** Steps between any two: the whole of N is within reach of 8 x 8 x … dials, and two more. */
function maxDiameter(count: number): number {
  return 2 + Math.log(count) / Math.log(8);
}

/** As many as one finds them: fewer rather than more. Names as people give them, in one namespace or several. */
function validators(maxLength: number): fc.Arbitrary<readonly Peer[]> {
  const shape = fc.record({
    size: fc.integer({ min: 0, max: 1_000 }),
    prefix: fc.constantFrom("v", "validator-", "core-live-0", ""),
    stride: fc.integer({ min: 1, max: 1_000 }),
    namespaces: fc.integer({ min: 1, max: 5 }),
  });
  return shape.map(({ size, prefix, stride, namespaces }) =>
    Array.from({ length: Math.round(maxLength ** (size / 1_000)) }, (_, index) =>
      makeValidator(index, { name: `${prefix}${index * stride}`, namespace: `org-${index % namespaces}` }),
    ),
  );
}

function planOf(peers: readonly Peer[], index: number, most = maxDialed): readonly Peer[] {
  const self = peers[index] ?? makeValidator(0);
  return planDialing({ self, others: peers.toSpliced(index, 1), maxDialed: most });
}

function addresses(peers: readonly Peer[]): readonly string[] {
  return peers.map(({ peerString }) => peerString).sort();
}

/** Each of them with a probability of one in ten. */
function drawTenth(count: number, random: SeededRandom): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, index) => index).filter(() => random.chance(0.1)));
}

const someRuns = { numRuns: 25 };

describe("whom each validator dials", () => {
  it("is everybody else, up to 8 others", () => {
    fc.assert(
      fc.property(validators(9), (peers) => {
        for (const index of peers.keys()) assert.deepEqual(planOf(peers, index), peers.toSpliced(index, 1));
      }),
    );
  });

  it("is 8 of the others above that, each once, never itself", () => {
    fc.assert(
      fc.property(validators(200), (peers) => {
        for (const [index, self] of peers.entries()) {
          const plan = planOf(peers, index);
          assert.equal(plan.length, Math.min(maxDialed, peers.length - 1));
          assert.equal(new Set(plan).size, plan.length);
          assert.ok(plan.every((peer) => peer !== self && peers.includes(peer)));
        }
      }),
      someRuns,
    );
  });

  it("follows from the list alone, in whatever order it comes", () => {
    fc.assert(
      fc.property(validators(200), fc.nat(), (peers, seed) => {
        const random = new SeededRandom(seed);
        const shuffled = [...peers].sort(() => random.next() - 0.5);
        for (const [index, self] of peers.entries()) {
          const plan = planOf(peers, index);
          assert.deepEqual(planOf(peers, index), plan);
          assert.deepEqual(addresses(planOf(shuffled, shuffled.indexOf(self))), addresses(plan));
        }
      }),
      someRuns,
    );
  });

  it("connects all, in few steps, and nobody is dialed by more than 40", () => {
    fc.assert(
      fc.property(validators(2_000), (peers) => {
        const graph = new DialGraph(peers, maxDialed);
        assert.ok(graph.isConnected());
        assert.ok(graph.mostDialed() <= mostDialed);
        if (peers.length <= 300) assert.ok(graph.diameter() <= maxDiameter(peers.length));
      }),
      { numRuns: 20 },
    );
  });

  it("connects all, and nobody is dialed by more than 40, however many each may dial", () => {
    fc.assert(
      fc.property(validators(300), fc.integer({ min: 1, max: 1_000 }), (peers, most) => {
        const graph = new DialGraph(peers, most);
        assert.ok(graph.isConnected());
        assert.ok(graph.mostDialed() <= mostDialed);
      }),
      { numRuns: 100, examples: [[Array.from({ length: 60 }, (_, index) => makeValidator(index)), 59]] },
    );
  });

  it("connects all the validators, whatever static peers are listed, which dial nobody", () => {
    fc.assert(
      fc.property(validators(100), fc.integer({ min: 1, max: 100 }), (peers, externals) => {
        const all = [...peers, ...Array.from({ length: externals }, (_, index) => makeExternal(index))];
        const graph = new DialGraph(all, maxDialed);
        assert.ok(graph.isConnected(new Set([...all.keys()].slice(peers.length))));
        assert.ok(graph.mostDialed() <= mostDialed);
      }),
    );
  });

  it("leaves the rest connected when a random tenth is gone, in 999 cases of 1,000 or more", () => {
    const cases = { drawn: 0, apart: 0 };
    fc.assert(
      fc.property(validators(500), fc.nat(), (peers, seed) => {
        const random = new SeededRandom(seed);
        const graph = new DialGraph(peers, maxDialed);
        for (let round = 0; round < 70; round += 1) {
          cases.drawn += 1;
          if (!graph.isConnected(drawTenth(peers.length, random))) cases.apart += 1;
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(cases.drawn >= 4_000 && cases.apart <= cases.drawn / 1_000, `${cases.apart} of ${cases.drawn}`);
  });

  it("changes, when one goes or comes back, for those alone who dialed it, and by one peer", () => {
    fc.assert(
      fc.property(validators(300), fc.nat(), (peers, draw) => {
        const gone = draw % peers.length;
        const left = peers.toSpliced(gone, 1);
        let changed = 0;
        for (const [index, self] of left.entries()) {
          const before = planOf(peers, peers.indexOf(self));
          const after = planOf(left, index);
          const stays = before.filter((peer) => peer !== peers[gone]);
          assert.deepEqual(addresses(after.filter((peer) => before.includes(peer))), addresses(stays));
          if (stays.length < before.length) changed += 1;
          else assert.deepEqual(addresses(after), addresses(before));
        }
        assert.ok(changed <= mostDialed);
      }),
      { numRuns: 60 },
    );
  });

  it("changes for nobody when a validator comes back at another address", () => {
    fc.assert(
      fc.property(validators(100), fc.nat(), (peers, draw) => {
        const moved = draw % peers.length;
        const later = peers.map((peer, index) =>
          index === moved ? makeValidator(99_999, { name: peer.name, namespace: peer.namespace }) : peer,
        );
        const names = (plan: readonly Peer[]): readonly string[] =>
          plan.map(({ namespace, name }) => `${namespace}/${name}`);
        for (const index of peers.keys())
          assert.deepEqual(names(planOf(later, index)), names(planOf(peers, index)));
      }),
      someRuns,
    );
  });

  it("does all that for 10,000 validators", () => {
    const count = 10_000;
    const random = new SeededRandom(1);
    const graph = new DialGraph(
      Array.from({ length: count }, (_, index) => makeValidator(index)),
      maxDialed,
    );
    assert.ok(graph.isConnected());
    assert.ok(graph.mostDialed() <= mostDialed);
    for (let round = 0; round < 100; round += 1) assert.ok(graph.isConnected(drawTenth(count, random)));
    // All of them take 12 s; the ways from 500 end at everyone.
    for (let from = 0; from < count; from += 20) assert.ok(graph.eccentricity(from) <= maxDiameter(count));
  });
});
