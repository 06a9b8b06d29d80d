import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { controlPlaneEnvironment } from "../control-plane/controlPlaneEnvironment.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { AgentsOnServer } from "./server/AgentsOnServer.ts";
import { readServerMetrics } from "./server/ServerMetrics.ts";
import type { ServerCount } from "./server/ServerMetrics.ts";

// A server of its own: what others ask of it would be counted too.
process.env[controlPlaneEnvironment.file] = "";
const control = await useControlPlane(import.meta.url, { alone: true });

const agents = 10;
const validators = 1_000;
/** Seconds over which the server counts: whole terms of a watch, which is a request once it has ended. */
const seconds = Number(process.env["BUDGET_SECONDS"] ?? "60");

/** By millisecond. */
function spent(
  from: ReadonlyMap<string, ServerCount>,
  to: ReadonlyMap<string, ServerCount>,
  resource: string,
  milliseconds: number,
): ServerCount {
  const [before, after] = [from.get(resource), to.get(resource)];
  return {
    requests: ((after?.requests ?? 0) - (before?.requests ?? 0)) / milliseconds,
    bytes: ((after?.bytes ?? 0) - (before?.bytes ?? 0)) / milliseconds,
  };
}

describe("what agents cost the API server", { skip: control.skip, timeout: 300_000 }, () => {
  let scene: AgentsOnServer;
  /** Of the server's own Lease, by millisecond, before there are agents. */
  let own = { requests: 0, bytes: 0 };

  before(async () => {
    if (control.skip) return;
    scene = await AgentsOnServer.install(control);
    const idle = { from: await readServerMetrics(control), at: performance.now() };
    await scene.fleet.create(validators);
    own = spent(idle.from, await readServerMetrics(control), "leases", performance.now() - idle.at);
    for (let index = 0; index < agents; index += 1) await scene.start();
    await eventually("all agents have their picture", 30_000, () =>
      scene.agents.every((agent) => agent.synced()),
    );
    await eventually("the list is published", 30_000, () =>
      scene.agents.some((agent) => agent.log.about("peers.published").length > 0),
    );
  });

  after(async () => {
    if (!control.skip) await scene.close();
  });

  it("is at most 4 KB in all and 2 requests for asking in 30 s for each, unchanged, for a thousand validators", async (t) => {
    // So that each first watch has ended, and those that follow are of the steady kind.
    await pass(31_000);
    const start = await readServerMetrics(control);
    const began = performance.now();
    await pass(seconds * 1_000);
    const end = await readServerMetrics(control);
    const lasted = performance.now() - began;
    const cost = (resource: string): ServerCount => {
      const { requests, bytes } = spent(start, end, resource, lasted);
      const others = resource === "leases" ? own : { requests: 0, bytes: 0 };
      const share = 30_000 / agents;
      return { requests: (requests - others.requests) * share, bytes: (bytes - others.bytes) * share };
    };
    const total = { requests: 0, bytes: 0 };
    for (const resource of ["stellarnodes", "endpointslices", "leases", "configmaps", "events"]) {
      const { requests, bytes } = cost(resource);
      total.requests += requests;
      total.bytes += bytes;
      t.diagnostic(`${resource}: ${requests.toFixed(2)} requests, ${bytes.toFixed(0)} B by agent in 30 s`);
    }
    t.diagnostic(`total: ${total.requests.toFixed(2)} requests, ${total.bytes.toFixed(0)} B`);
    const discovery = cost("stellarnodes").requests + cost("endpointslices").requests;
    assert.ok(discovery <= 2, `${discovery} requests of discovery`);
    assert.ok(total.bytes <= 4_096, `${total.bytes} bytes`);
    // Besides: the watches of the Lease and of the list, and a tenth of the leader's renewals.
    assert.ok(total.requests <= 4.5, `${total.requests} requests in all`);
  });
});
