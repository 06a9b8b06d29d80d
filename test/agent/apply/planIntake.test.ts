import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planIntake } from "../../../agent/apply/planIntake.ts";
import type { IntakeInput } from "../../../agent/apply/planIntake.ts";
import { annotations } from "../../../contract/annotations.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeValidator } from "./makeValidator.ts";

const two = [makeValidator(1), makeValidator(2)];
const three = [...two, makeValidator(3)];

function configMap(resourceVersion: string, stated: Readonly<Record<string, string>> = {}): KubeObject {
  const metadata = { namespace: "stellar-system", name: "stellar-peers", resourceVersion };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { ...metadata, annotations: stated } };
}

function states(revision: string, hash: string): Readonly<Record<string, string>> {
  return { [annotations.revision]: revision, [annotations.hash]: hash };
}

const old = makeDocument(two, "1.1");
const next = makeDocument(three, "1.2");
const input: IntakeInput = {
  watched: configMap("7", states("1.2", next.hash)),
  taken: ["6"],
  held: old,
  picture: { peers: three, hash: next.hash },
  waited: 0,
  patience: 200,
};

describe("planIntake", () => {
  it("does nothing while there is no ConfigMap, or its content is held", () => {
    assert.deepEqual(planIntake({ ...input, watched: undefined }), { action: "nothing", reason: "absent" });
    assert.deepEqual(planIntake({ ...input, taken: ["6", "7"] }), { action: "nothing", reason: "taken" });
  });

  it("leaves a version alone that is older than what was fetched, unless it stays", () => {
    const fetched = { ...input, taken: ["6", "10"] };
    assert.deepEqual(planIntake(fetched), { action: "nothing", reason: "taken" });
    assert.equal(planIntake({ ...fetched, waited: 60_000 }).action, "adopt");
  });

  it("takes a new revision from the agent's own picture when that comes to the same bytes", () => {
    assert.deepEqual(planIntake(input), { action: "adopt", reason: "picture-agrees", document: next });
  });

  it("takes the first document in the same way", () => {
    assert.equal(planIntake({ ...input, held: undefined, taken: [] }).action, "adopt");
  });

  it("waits a moment for a picture that lags behind, then fetches", () => {
    const behind = { ...input, picture: { peers: two, hash: old.hash } };
    const waiting = { action: "wait", reason: "picture-behind", milliseconds: 150 } as const;
    assert.deepEqual(planIntake({ ...behind, waited: 50 }), waiting);
    assert.deepEqual(planIntake({ ...behind, waited: 200 }), { action: "fetch", reason: "picture-differs" });
  });

  it("fetches at once when no fresh picture could agree", () => {
    assert.deepEqual(planIntake({ ...input, picture: undefined }), { action: "fetch", reason: "no-picture" });
  });

  it("fetches what an edit made without a new revision, whatever the hash says", () => {
    const edited = { ...input, held: next, watched: configMap("8", states("1.2", next.hash)) };
    assert.deepEqual(planIntake(edited), { action: "fetch", reason: "same-revision" });
  });

  it("fetches from a writer that states no hash or no revision, or one that is none", () => {
    for (const stated of [
      {},
      { [annotations.hash]: next.hash },
      { [annotations.revision]: "1.2" },
      states("one", next.hash),
    ])
      assert.deepEqual(planIntake({ ...input, watched: configMap("7", stated) }), {
        action: "fetch",
        reason: "not-stated",
      });
  });

  it("goes back with revisions that start again, after a reinstall", () => {
    const again = {
      ...input,
      held: makeDocument(two, "9.4"),
      watched: configMap("7", states("0.1", next.hash)),
    };
    assert.equal(planIntake(again).action, "adopt");
  });
});
