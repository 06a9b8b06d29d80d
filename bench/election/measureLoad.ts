import { setTimeout as pass } from "node:timers/promises";
import type { AuditLog } from "../../test/agent/server/AuditLog.ts";
import { readServerMetrics } from "../../test/agent/server/ServerMetrics.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import type { BenchServer } from "../server/openServer.ts";
import type { Contender } from "./Contender.ts";

export interface Load {
  /** A second, of all candidates. */
  readonly requests: number;
  readonly bytes: number;
}

export interface LoadOptions {
  readonly server: BenchServer;
  readonly audit: AuditLog;
  readonly lease: string;
  readonly candidates: number;
  readonly seconds: number;
}

/** Until their first requests, which are of another kind, are over. */
const settling = 5_000;

/**
 * What so many candidates in one process, nothing happening, ask of the API server and are sent by it: requests as its
 * audit log has them, bytes as it counts them for Leases.
 */
export async function measureLoad(contender: Contender, options: LoadOptions): Promise<Load> {
  const { server, audit, lease, candidates, seconds } = options;
  const program = contender.start({ kubeconfig: server.kubeconfig, lease, identity: lease, candidates });
  const followed = new Set<string>();
  program.onLine((line) => followed.add((JSON.parse(line) as { readonly candidate: string }).candidate));
  try {
    await eventually("all candidates know a leader", 60_000, () => followed.size === candidates);
    await pass(settling);
    await audit.read();
    const before = await leaseBytes(server);
    const began = performance.now();
    await pass(seconds * 1000);
    const asked = (await audit.read()).filter(
      ({ resource, name }) => resource === "leases" && name === lease,
    );
    const lasted = (performance.now() - began) / 1000;
    return { requests: asked.length / lasted, bytes: ((await leaseBytes(server)) - before) / lasted };
  } finally {
    await program.stop();
  }
}

/** Bytes of Leases that the server has sent, its own included. */
export async function leaseBytes(server: BenchServer): Promise<number> {
  return (await readServerMetrics(server)).get("leases")?.bytes ?? 0;
}
