import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import { parseAgentSettings } from "../../agent/parseAgentSettings.ts";

it("the picture of the chain says what the code says", async () => {
  const picture = await readFile("docs/pictures/chain.svg", "utf8");
  const settings = parseAgentSettings({
    POD_NAME: "a",
    POD_NAMESPACE: "b",
    POD_UID: "c",
    POD_IP: "10.0.0.1",
  });
  for (const said of [
    `kubectl label namespace stellar ${labels.injection}=enabled`,
    `ConfigMap ${names.configMap}`,
    `>${names.namespace}<`,
    `one more container, ${names.container}`,
    `:${settings.corePeerPort}<`,
    `on ${new URL(settings.coreUrl).host}`,
  ])
    assert.ok(picture.includes(said), `it lacks: ${said}`);
});
