import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { annotations } from "../../../contract/annotations.ts";
import { describeOutdatedAgent } from "../../../webhook/inject/describeOutdatedAgent.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

function describeAgent(image: string, now: string, own: Readonly<Record<string, string>> = {}) {
  const { settings } = parseInjectionSettings({ AGENT_IMAGE: now }, "2.0.0");
  const metadata = { annotations: { [annotations.injectedVersion]: "2.0.0", ...own } };
  return describeOutdatedAgent(
    { metadata, spec: { containers: [{ name: "core" }, { name: "peer-agent", image }] } },
    settings,
  );
}

describe("an agent that a pod has", () => {
  it("is outdated when another version injected it, whichever is newer", () => {
    assert.equal(
      describeAgent("agent:2", "agent:2", { [annotations.injectedVersion]: "3.0.0" }),
      "was injected by version 3.0.0, pods made now get 2.0.0",
    );
  });

  it("is outdated when its image has another tag or digest", () => {
    assert.equal(describeAgent("agent:1", "agent:2"), "has the image agent:1, pods made now get agent:2");
    assert.ok(describeAgent(`agent:1@${digest("a")}`, `agent:1@${digest("b")}`));
    assert.ok(describeAgent("agent", "agent:2"));
  });

  it("is found as a native sidecar, too", () => {
    const { settings } = parseInjectionSettings({ AGENT_IMAGE: "agent:2" }, "2.0.0");
    const metadata = { annotations: { [annotations.injectedVersion]: "2.0.0" } };
    const spec = {
      containers: [{ name: "core" }],
      initContainers: [{ name: "peer-agent", image: "agent:1" }],
    };
    assert.ok(describeOutdatedAgent({ metadata, spec }, settings));
  });

  it("is the same when another webhook took its image from a mirror or pinned it", () => {
    assert.equal(describeAgent("mirror.example:5000/cache/agent:2", "registry.example/agent:2"), undefined);
    assert.equal(describeAgent(`agent:2@${digest("a")}`, "agent:2"), undefined);
    assert.equal(describeAgent(`agent@${digest("a")}`, "agent:2"), undefined);
  });

  it("is the same when its pod asks for the image that it has", () => {
    assert.equal(describeAgent("other:7", "agent:2", { [annotations.agentImage]: "other:7" }), undefined);
    assert.ok(describeAgent("agent:2", "agent:2", { [annotations.agentImage]: "other:7" }));
  });
});
