import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { NestedAbort } from "../../runtime/NestedAbort.ts";

describe("an end within another", () => {
  it("comes with the outer one, for its reason", () => {
    const outer = new AbortController();
    const nested = new NestedAbort(outer.signal);
    const reason = new Error("asked to end");
    outer.abort(reason);
    assert.equal(nested.signal.reason, reason);
  });

  it("has come when the outer one had", () => {
    const reason = new Error("long ago");
    assert.equal(new NestedAbort(AbortSignal.abort(reason)).signal.reason, reason);
  });

  it("may come before, and leaves the outer one alone", () => {
    const outer = new AbortController();
    const nested = new NestedAbort(outer.signal);
    nested.abort(new Error("done"));
    assert.equal(outer.signal.aborted, false);
    outer.abort(new Error("later"));
    assert.match(String(nested.signal.reason), /done/);
  });

  it("once released, leaves nothing behind", () => {
    const outer = new AbortController();
    new NestedAbort(outer.signal).release();
    assert.equal(getEventListeners(outer.signal, "abort").length, 0);
  });
});
