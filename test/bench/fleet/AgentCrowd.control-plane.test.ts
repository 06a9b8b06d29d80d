import assert from "node:assert/strict";
import { it } from "node:test";
import { AgentCrowd } from "../../../bench/fleet/AgentCrowd.ts";
import { ServerMeter } from "../../../bench/fleet/ServerMeter.ts";
import { openServer } from "../../../bench/server/openServer.ts";
import { AuditLog } from "../../agent/server/AuditLog.ts";
import { findBinaries } from "../../control-plane/findBinaries.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";

const control = await useControlPlane(import.meta.url);

it(
  "three agents in a process are known to hold one list, and what they asked is counted",
  { skip: control.skip, timeout: 120_000 },
  async () => {
    const binaries = (await findBinaries(process.env)) ?? "";
    // Of its own: it is the traffic of all that ask that is counted.
    const server = await openServer(binaries, 3, { auditPolicy: AuditLog.policy });
    const meter = new ServerMeter(server);
    const before = await meter.read();
    const crowd = new AgentCrowd(server.kubeconfig, 3);
    try {
      await crowd.started();
      const after = await meter.read();
      // Of each: two lists and watches of validators, a list and a watch of the Lease and of the list.
      assert.ok(after.requests - before.requests >= 3 * 6, `${after.requests - before.requests} requests`);
      assert.ok(after.otherBytes > before.otherBytes);
      assert.equal(crowd.holding("another"), 3);
    } finally {
      await crowd.stop();
      await server.close();
    }
  },
);
