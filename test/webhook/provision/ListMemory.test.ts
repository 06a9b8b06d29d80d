import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigMap } from "../../../webhook/provision/ConfigMap.ts";
import { ListMemory } from "../../../webhook/provision/ListMemory.ts";
import { makePeer } from "../../agent/publish/makePeer.ts";
import { makeStored } from "../../agent/publish/makeStored.ts";

function list(revision: string): ConfigMap {
  const { data = {}, metadata } = makeStored([makePeer(1), makePeer(2)], revision);
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data };
}

function edited(revision: string): ConfigMap {
  const { data, ...rest } = list(revision);
  return { ...rest, data: { ...data, "peers.json": "[]" } };
}

/** What is remembered of these, seen one after the other. */
function after(...seen: readonly (ConfigMap | undefined)[]): ConfigMap | undefined {
  const memory = new ListMemory();
  for (const each of seen) memory.see(each);
  return memory.last;
}

describe("what is remembered of the list", () => {
  it("is what was last seen, also once that is gone", () => {
    const [first, second] = [list("1.1"), list("1.2")];
    assert.equal(after(), undefined);
    assert.equal(after(first, second), second);
    assert.equal(after(first, second, undefined), second);
  });

  it("is not somebody's edit of it, unless there is nothing better", () => {
    const [good, bad, worse] = [list("1.1"), edited("1.1"), edited("1.2")];
    assert.equal(after(good, bad), good);
    assert.equal(after(bad, worse), worse);
    assert.equal(after(bad, good), good);
    const { data, ...rest } = list("1.2");
    const later = { ...rest, data: { ...data, "peers.bin": "of another version" } };
    assert.equal(after(good, later), later);
  });
});
