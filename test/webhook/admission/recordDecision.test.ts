import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EventNote } from "../../../kube/EventRecorder.ts";
import { admissionReview } from "./admissionReview.ts";
import { TestAdmission } from "./TestAdmission.ts";

function pod(annotations: Readonly<Record<string, string>>, metadata: object = { name: "v0" }): object {
  return {
    metadata: { ...metadata, labels: { "stellar.org/node-type": "Validator" }, annotations },
    spec: { containers: [{ name: "core", image: "core" }] },
  };
}

async function eventsOf(request: Readonly<Record<string, unknown>>): Promise<readonly EventNote[]> {
  await using admission = await TestAdmission.open();
  await admission.post(JSON.stringify(admissionReview(request)));
  return admission.events;
}

const wrong = { "peer-discovery.stellar.org/reload": "sighup" };

describe("an Event", () => {
  it("tells of a pod whose annotation is wrong, by the name that it has or may get", async () => {
    const [event] = await eventsOf({ object: pod(wrong) });
    assert.deepEqual(
      [event?.reason, event?.type, event?.regarding.name],
      ["AgentNotInjected", "Warning", "v0"],
    );
    assert.match(event?.note ?? "", /reload is "sighup"; allowed is auto, http, connect, off/);
    const [unnamed] = await eventsOf({ object: pod(wrong, { generateName: "v-" }) });
    assert.equal(unnamed?.regarding.name, "v-unnamed");
  });

  it("is not written for a dry run, for a pod that is injected, or for one that asks for nothing", async () => {
    assert.deepEqual(await eventsOf({ object: pod(wrong), dryRun: true }), []);
    assert.deepEqual(await eventsOf({ object: pod({}) }), []);
    assert.deepEqual(await eventsOf({ object: { metadata: {}, spec: { containers: [] } } }), []);
  });
});
