import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";
import { parseWebhookSettings } from "../../webhook/parseWebhookSettings.ts";

const needed = {
  AGENT_IMAGE: "agent:1",
  POD_NAME: "webhook-0",
  POD_NAMESPACE: "stellar-system",
  POD_UID: "u",
};

test("what must be given is enough", () => {
  const settings = parseWebhookSettings(needed, "1.0.0");
  assert.deepEqual(settings.address, { host: "0.0.0.0", port: 10_250 });
  assert.deepEqual(settings.health, { host: "0.0.0.0", port: 8080 });
  assert.deepEqual(settings.service, { namespace: "stellar-system", name: "stellar-peer-discovery" });
  assert.equal(settings.drainDelay, 5000);
  assert.equal(settings.injection.version, "1.0.0");
  assert.ok(Object.isFrozen(settings));
});

test("mistakes of both rooms are reported together", () => {
  const environment = {
    POD_NAME: "webhook-0",
    WEBHOOK_ADDRESS: "here",
    HEALTH_ADDRESS: "0.0.0.0:70000",
    LOG_LEVEL: "loud",
    DRAIN_DELAY: "soon",
    SIDECAR_MODE: "both",
    CERTIFICATE_NAMES: "127.0.0.1,not a name",
    NAMESPACE_SELECTOR: "team",
  };
  assert.throws(
    () => parseWebhookSettings(environment, "1.0.0"),
    (error) => {
      assert.ok(error instanceof ConfigurationError);
      const names = error.problems.map((problem) => problem.split(" ")[0]);
      assert.deepEqual(
        new Set(names),
        new Set([
          "AGENT_IMAGE",
          "CERTIFICATE_NAMES",
          "NAMESPACE_SELECTOR",
          "DRAIN_DELAY",
          "HEALTH_ADDRESS",
          "LOG_LEVEL",
          "POD_NAMESPACE",
          "POD_UID",
          "SIDECAR_MODE",
          "WEBHOOK_ADDRESS",
        ]),
      );
      return true;
    },
  );
});

test("an IPv6 address to listen on is taken out of its brackets", () => {
  assert.deepEqual(parseWebhookSettings({ ...needed, WEBHOOK_ADDRESS: "[::]:10250" }, "1").address, {
    host: "::",
    port: 10_250,
  });
});

test("further names and namespace labels are lists", () => {
  const environment = {
    CERTIFICATE_NAMES: "127.0.0.1,webhook.test",
    NAMESPACE_SELECTOR: "team=a,example.org/b=",
  };
  const settings = parseWebhookSettings({ ...needed, ...environment }, "1");
  assert.deepEqual(settings.certificateNames, ["127.0.0.1", "webhook.test"]);
  assert.deepEqual(settings.provisioner.namespaceLabels, { team: "a", "example.org/b": "" });
});
