import assert from "node:assert/strict";
import { test } from "node:test";
import type { Log } from "../../../runtime/Log.ts";
import { ProbeServer } from "../../../webhook/admission/ProbeServer.ts";
import { WebhookMetrics } from "../../../webhook/admission/WebhookMetrics.ts";

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

test("probes tell what is missing, and metrics are Prometheus's text", async () => {
  const metrics = new WebhookMetrics("1.2.3");
  metrics.decided({ action: "inject", mode: "container", patch: [], warnings: [] }, false, 0.0002);
  metrics.refused("not-json");
  let missing: string[] = ["no certificate yet"];
  const server = new ProbeServer({
    host: "127.0.0.1",
    port: 0,
    liveness: () => [],
    readiness: () => missing,
    metrics: () => metrics.render(),
    log: silent,
  });
  const base = `http://127.0.0.1:${await server.listen()}`;
  try {
    const unready = await fetch(`${base}/readyz`);
    assert.deepEqual([unready.status, await unready.text()], [503, "no certificate yet\n"]);
    missing = [];
    assert.equal((await fetch(`${base}/readyz`)).status, 200);
    assert.equal((await fetch(`${base}/healthz`)).status, 200);
    const text = await (await fetch(`${base}/metrics`)).text();
    assert.match(
      text,
      /stellar_peer_webhook_reviews_total\{action="inject",reason="container",dry_run="false"\} 1/,
    );
    assert.match(text, /stellar_peer_webhook_requests_refused_total\{reason="not-json"\} 1/);
    assert.match(text, /stellar_peer_webhook_build_info\{version="1.2.3"\} 1/);
  } finally {
    await server.close();
  }
});
