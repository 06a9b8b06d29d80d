import type { Peer } from "../../contract/Peer.ts";
import { planPublication } from "../../agent/publish/planPublication.ts";

function fits(count: number, make: (index: number) => Peer): boolean {
  const peers = Array.from({ length: count }, (_, index) => make(index + 1));
  const stored = {
    resourceVersion: "1",
    epoch: 0,
    revision: undefined,
    hash: undefined,
    count: undefined,
    data: {},
    binaryKeys: [],
    foreign: false,
    otherWriter: "unknown",
  };
  const plan = planPublication({
    stored,
    peers,
    age: 0,
    unchangedFor: Infinity,
    epoch: 1,
    lastSequence: 0,
    lastHash: undefined,
    restoredAt: -Infinity,
    shrink: undefined,
    now: 0,
  });
  return plan.action === "write";
}

/** The most validators of this kind that an agent publishes in one ConfigMap; with one more it withholds the list. */
export function findMost(make: (index: number) => Peer): number {
  let [least, most] = [1, 100_000];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (fits(middle, make)) least = middle;
    else most = middle;
  }
  return least;
}
