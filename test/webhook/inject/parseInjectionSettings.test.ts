import assert from "node:assert/strict";
import { test } from "node:test";
import { names } from "../../../contract/names.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";

test("an image is all that must be given", () => {
  const { settings, problems } = parseInjectionSettings({ AGENT_IMAGE: "agent:1" }, "1.0.0");
  assert.deepEqual(problems, []);
  assert.equal(settings.peersNamespace, names.namespace);
  assert.equal(settings.peersConfigMap, names.configMap);
  assert.equal(settings.peersLease, names.lease);
  assert.deepEqual(
    [settings.coreHttpPort, settings.corePeerPort, settings.healthPort],
    [11626, 11625, 11627],
  );
});

test("every mistake is reported, with the variable's name", () => {
  const { problems } = parseInjectionSettings(
    {
      AGENT_IMAGE: "not an image",
      AGENT_IMAGE_PULL_POLICY: "Sometimes",
      AGENT_CPU_REQUEST: "ten",
      AGENT_MEMORY_REQUEST: "1Gi",
      AGENT_HEALTH_PORT: "80",
      AGENT_CORE_HTTP_PORT: "11625",
      AGENT_POLL_INTERVAL: "often",
      AGENT_STATIC_PEERS: "192.0.2.1",
      AGENT_RELOAD_PATH: "no-slash",
      SIDECAR_MODE: "both",
      REJECT_INVALID: "yes",
      PEERS_NAMESPACE: "Not_A_Name",
    },
    "1.0.0",
  );
  const named = problems.map((problem) => problem.split(" ")[0]?.replace(",", ""));
  assert.deepEqual(
    new Set(named),
    new Set([
      "AGENT_CORE_HTTP_PORT",
      "AGENT_CPU_REQUEST",
      "AGENT_HEALTH_PORT",
      "AGENT_IMAGE",
      "AGENT_IMAGE_PULL_POLICY",
      "AGENT_MEMORY_REQUEST",
      "AGENT_POLL_INTERVAL",
      "AGENT_RELOAD_PATH",
      "AGENT_STATIC_PEERS",
      "PEERS_NAMESPACE",
      "REJECT_INVALID",
      "SIDECAR_MODE",
    ]),
  );
});

test("a missing image is reported once", () => {
  assert.deepEqual(parseInjectionSettings({}, "1").problems, ["AGENT_IMAGE must be set"]);
});

test("what agents would refuse is refused here, before it stands in any pod", () => {
  const problemsOf = (environment: Readonly<Record<string, string>>): readonly string[] =>
    parseInjectionSettings({ AGENT_IMAGE: "agent:1", ...environment }, "1").problems;
  for (const poll of ["999ms", "0s", "10m1s", "1h"])
    assert.match(problemsOf({ AGENT_POLL_INTERVAL: poll }).join(), /^AGENT_POLL_INTERVAL is .* 1s to 10m$/);
  for (const poll of ["1s", "1m30s", "10m"]) assert.deepEqual(problemsOf({ AGENT_POLL_INTERVAL: poll }), []);
  for (const selector of ["a=b=c", "a in b", "a,,b"])
    assert.match(problemsOf({ AGENT_DISCOVERY_SELECTOR: selector }).join(), /^AGENT_DISCOVERY_SELECTOR is /);
});
