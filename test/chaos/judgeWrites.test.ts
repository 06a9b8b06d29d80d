import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makePeer } from "../agent/publish/makePeer.ts";
import { makeStored } from "../agent/publish/makeStored.ts";
import type { AuditedWrite } from "./AuditedWrite.ts";
import { judgeWrites } from "./judgeWrites.ts";
import type { Presence } from "./Presence.ts";

const now = 1_000_000;
const moment = (at: number) => ({ earliest: at, latest: at });
const always = (index: number): Presence => ({
  name: makePeer(index).name,
  from: moment(0),
  to: moment(Infinity),
});

function write(pod: string, revision: string, indexes: readonly number[]): AuditedWrite {
  const object = makeStored(
    indexes.map((index) => makePeer(index)),
    revision,
  );
  const user = "system:serviceaccount:validators:default";
  return {
    verb: "patch",
    resource: "configmaps",
    namespace: "stellar-system",
    pod,
    user,
    at: now,
    answered: now,
    object,
  };
}

function copy(original: AuditedWrite): AuditedWrite {
  return { ...original, namespace: "validators", pod: undefined };
}

describe("the judgement of what was written", () => {
  const both = [always(1), always(2)];

  it("finds nothing wrong with lists that grow out of one another, and their copies", () => {
    const writes = [write("a", "1.1", [1, 2]), write("a", "1.2", [1, 2]), write("b", "2.1", [1, 2])];
    assert.deepEqual(judgeWrites([...writes, ...writes.map(copy)], both), []);
  });

  const wrong: readonly (readonly [string, readonly AuditedWrite[], readonly Presence[], RegExp])[] = [
    [
      "a revision that goes back",
      [write("a", "1.2", [1]), write("a", "1.1", [1])],
      [always(1)],
      /wrote 1\.1 after 1\.2/,
    ],
    [
      "a second writer in an epoch",
      [write("a", "1.1", [1]), write("b", "1.2", [1])],
      [always(1)],
      /which was a's/,
    ],
    ["a validator left out", [write("a", "1.1", [1])], both, /leaves out/],
    [
      "a validator long gone",
      [write("a", "1.1", [1, 2])],
      [always(1), { ...always(2), to: moment(1) }],
      /long gone/,
    ],
    ["a list of nobody", [write("a", "1.1", [])], both, /leaves out/],
    [
      "a copy of nothing",
      [write("a", "1.1", [1]), copy(write("a", "1.9", [1]))],
      [always(1)],
      /never was the list/,
    ],
  ];
  for (const [what, writes, presences, complaint] of wrong)
    it(`finds ${what}`, () => assert.match(judgeWrites(writes, presences).join(), complaint));
});
