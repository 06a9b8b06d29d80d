import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { labels } from "../../../contract/labels.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { surveyPods } from "../../../webhook/provision/surveyPods.ts";
import type { ValidatorPod } from "../../../webhook/provision/ValidatorPod.ts";
import { makePod } from "./makePod.ts";

const { settings } = parseInjectionSettings({ AGENT_IMAGE: "agent:2" }, "2.0.0");
const namespaces = new Map([["a", { [labels.injection]: "enabled" }]]);

function survey(
  bare: readonly ValidatorPod[],
  injected: readonly ValidatorPod[] = [],
): Record<string, string[]> {
  const { missing, outdated } = surveyPods({ namespaces, bare, injected }, settings, 37);
  const names = (pods: readonly ValidatorPod[]) => pods.map(({ metadata }) => metadata.name ?? "");
  return { missing: names(missing), outdated: names(outdated) };
}

describe("a survey of pods", () => {
  it("finds validators without an agent in enabled namespaces, and no others", () => {
    const bare = [makePod("v0"), makePod("v1"), makePod("elsewhere", { namespace: "b" })];
    assert.deepEqual(survey(bare), { missing: ["v0", "v1"], outdated: [] });
  });

  it("leaves out pods that would not be injected today either", () => {
    const off = makePod("off", { labels: { [labels.injection]: "disabled" } });
    const horizon = makePod("horizon", { labels: { [labels.nodeType]: "Horizon" } });
    assert.deepEqual(survey([off, horizon]).missing, []);
  });

  it("leaves out pods that have ended or are about to", () => {
    const pods = [makePod("done", { phase: "Succeeded" }), makePod("failed", { phase: "Failed" }), makePod("going", { going: true })]; // prettier-ignore
    assert.deepEqual(survey(pods).missing, []);
  });

  it("finds agents of another version, older or newer", () => {
    const injected = [makePod("old", { agent: "1.9.0" }), makePod("same", { agent: "2.0.0" }), makePod("new", { agent: "3.0.0" })]; // prettier-ignore
    assert.deepEqual(survey([], injected), { missing: [], outdated: ["old", "new"] });
  });
});
