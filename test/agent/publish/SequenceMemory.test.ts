import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SequenceMemory } from "../../../agent/publish/SequenceMemory.ts";
import { ApiError } from "../../../kube/ApiError.ts";

function error(status: number): ApiError {
  return new ApiError({ status, reason: "Failed", message: "failed" });
}

describe("the numbers of a term", () => {
  it("a number is used once its write is known to have taken place", () => {
    const memory = new SequenceMemory();
    memory.trying({ sequence: 1, over: "10" });
    assert.equal(memory.last, 0);
    memory.written();
    assert.equal(memory.last, 1);
    assert.equal(memory.attempt, undefined);
  });

  it("a write that the server refused has used none", () => {
    const memory = new SequenceMemory();
    memory.trying({ sequence: 1, over: "10" });
    memory.failed(error(409));
    assert.equal(memory.attempt, undefined);
    assert.equal(memory.last, 0);
  });

  it("a write of which nothing is known may have used its own, even when many others follow it", () => {
    for (const status of [0, 408, 429, 500, 504]) {
      const memory = new SequenceMemory();
      memory.trying({ sequence: 5, over: "10" });
      memory.failed(error(status));
      assert.deepEqual(memory.attempt, { sequence: 5, over: "10" });
      memory.trying({ sequence: 6, over: "13" });
      memory.failed(error(409));
      assert.equal(memory.last, 5);
    }
  });
});
