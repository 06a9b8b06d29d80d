import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { AgentsOnServer } from "./server/AgentsOnServer.ts";
import { AuditLog } from "./server/AuditLog.ts";
import type { AuditedRequest } from "./server/AuditLog.ts";
import { readServerMetrics } from "./server/ServerMetrics.ts";
import type { ServerCount } from "./server/ServerMetrics.ts";

// A server of its own: what others ask of it would be counted too.
const control = await useControlPlane(import.meta.url, { auditPolicy: AuditLog.policy });

const agents = 10;
const validators = 1_000;
/** Seconds over which is counted: whole terms of a watch. */
const seconds = Number(process.env["BUDGET_SECONDS"] ?? "60");
const resources = ["stellarnodes", "endpointslices", "leases", "configmaps", "events"];

/** Bytes by millisecond. */
function spent(
  from: ReadonlyMap<string, ServerCount>,
  to: ReadonlyMap<string, ServerCount>,
  resource: string,
  milliseconds: number,
): number {
  return ((to.get(resource)?.bytes ?? 0) - (from.get(resource)?.bytes ?? 0)) / milliseconds;
}

describe("what agents cost the API server", { skip: control.skip, timeout: 300_000 }, () => {
  let scene: AgentsOnServer;
  let audit: AuditLog;
  /** Bytes for the server's own Lease, by millisecond, before there are agents. */
  let own = 0;

  before(async () => {
    if (control.skip) return;
    audit = new AuditLog(control.directory);
    scene = await AgentsOnServer.install(control);
    const idle = { from: await readServerMetrics(control), at: performance.now() };
    await scene.fleet.create(validators);
    // Three renewals of ten seconds each.
    await pass(Math.max(0, idle.at + 30_000 - performance.now()));
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

  it("is two requests and 4 KB in 30 s for each, unchanged, for a thousand validators, with no picture older than that; its leader's renewals besides", async (t) => {
    // So that each first watch has ended, and those that follow are of the steady kind.
    await pass(35_000);
    const leader = (await scene.leader(1_000)).identity.split("/")[1];
    const start = await readServerMetrics(control);
    const began = performance.now();
    await audit.read();
    let oldest = 0;
    while (performance.now() < began + seconds * 1_000) {
      await pass(250);
      oldest = Math.max(oldest, ...scene.agents.map((agent) => agent.pictureAge()));
    }
    const asked = (await audit.read()).filter(({ pod }) => pod?.startsWith("agent-"));
    const end = await readServerMetrics(control);
    const lasted = performance.now() - began;
    const share = 30_000 / lasted;
    const count = (keep: (request: AuditedRequest) => boolean): number => asked.filter(keep).length * share;
    let bytes = 0;
    for (const resource of resources) {
      const others = resource === "leases" ? own * lasted : 0;
      const sent = ((spent(start, end, resource, 1) - others) * share) / agents;
      bytes += sent;
      const followers = count((request) => request.resource === resource && request.pod !== leader);
      const leading = count((request) => request.resource === resource && request.pod === leader);
      t.diagnostic(
        `${resource}: ${(followers / (agents - 1)).toFixed(2)} requests of a follower, ${leading.toFixed(2)} of the leader, ${sent.toFixed(0)} B by agent in 30 s`,
      );
    }
    const follower = count(({ pod }) => pod !== leader) / (agents - 1);
    const leading = count(({ pod }) => pod === leader);
    t.diagnostic(`total: ${follower.toFixed(2)} requests of a follower, ${leading.toFixed(2)} of the leader`);
    t.diagnostic(
      `total: ${bytes.toFixed(0)} B by agent; the server's own Lease, ${((own * 30_000) / agents).toFixed(0)} B, taken off`,
    );
    t.diagnostic(`the oldest picture meanwhile: ${(oldest / 1_000).toFixed(1)} s`);
    assert.ok(oldest <= 30_500, `a picture was ${oldest} ms old`);
    // A watch that is opened each 30 s and the time that opening takes, twice: a little less than two.
    assert.ok(follower <= 2.05, `${follower} requests of a follower`);
    assert.ok(leading <= 2.05 + 6.5 + 0.5, `${leading} requests of the leader, of which it renews six times`);
    assert.ok(bytes <= 4_096, `${bytes} bytes`);
  });
});
