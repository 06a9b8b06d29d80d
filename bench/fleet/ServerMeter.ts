import { AuditLog } from "../../test/agent/server/AuditLog.ts";
import { readServerMetrics } from "../../test/agent/server/ServerMetrics.ts";
import { callServer } from "../../test/control-plane/callServer.ts";
import type { BenchServer } from "../server/openServer.ts";

/** What the API server had done up to a moment. */
export interface Reading {
  /** `performance.now()`. */
  readonly at: number;
  /** That have arrived from clients. */
  readonly requests: number;
  /** Those of them about the list, of which there are next to none at rest. */
  readonly listRequests: number;
  /** Sent for Leases, the server's own included. */
  readonly leaseBytes: number;
  /** Sent for whatever else agents ask for. */
  readonly otherBytes: number;
  /** Milliseconds of its processor time. */
  readonly processor: number;
  /** Bytes. */
  readonly resident: number;
}

const others = ["stellarnodes", "endpointslices", "configmaps", "events"];

/** The account of an API server: requests by its audit log, bytes, time and memory by its metrics. */
export class ServerMeter {
  readonly #server: BenchServer;
  readonly #audit: AuditLog;
  #requests = 0;
  #listRequests = 0;

  constructor(server: BenchServer) {
    this.#server = server;
    this.#audit = new AuditLog(server.directory);
  }

  async read(): Promise<Reading> {
    const asked = (await this.#audit.read()).filter(({ user, verb, resource }) => {
      const ofAgents = resource === "leases" || others.includes(resource);
      // The bench's own are creations of validators, and the change.
      return user === "admin" && ofAgents && verb !== "create" && !isChange(verb, resource);
    });
    this.#requests += asked.length;
    this.#listRequests += asked.filter(({ resource }) => resource === "configmaps").length;
    const counts = await readServerMetrics(this.#server);
    const bytes = (resource: string): number => counts.get(resource)?.bytes ?? 0;
    return {
      at: performance.now(),
      requests: this.#requests,
      listRequests: this.#listRequests,
      leaseBytes: bytes("leases"),
      otherBytes: others.reduce((sum, resource) => sum + bytes(resource), 0),
      ...(await this.#process()),
    };
  }

  async #process(): Promise<Pick<Reading, "processor" | "resident">> {
    const { text } = await callServer({ ...this.#server, method: "GET", path: "/metrics" });
    const gauge = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
    return {
      processor: gauge("process_cpu_seconds_total") * 1000,
      resident: gauge("process_resident_memory_bytes"),
    };
  }
}

function isChange(verb: string, resource: string): boolean {
  return verb === "patch" && resource === "endpointslices";
}
