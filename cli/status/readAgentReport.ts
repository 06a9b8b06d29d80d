import { readRecord } from "../readRecord.ts";
import type { AgentReport, ReportedPeer } from "./AgentReport.ts";

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return readRecord(value) ?? {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optional<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return text(value) === "" ? {} : ({ [key]: text(value) } as Record<K, string>);
}

function readPeer(value: unknown): ReportedPeer {
  const { namespace, name, peerString, planned, state } = fields(value);
  return {
    namespace: text(namespace),
    name: text(name),
    peerString: text(peerString),
    planned: planned === true,
    state: text(state),
  };
}

/** An agent's `/status`, leniently: an older or newer agent lacks a field or has more. Undefined when it is none. */
export function readAgentReport(value: unknown): AgentReport | undefined {
  const { version, leadership, apply, publish } = fields(value);
  if (text(version) === "") return undefined;
  const applied = fields(apply);
  const [core, revision] = [fields(applied["core"]), fields(applied["revision"])];
  const lastError = text(applied["lastError"]) || text(fields(publish)["lastError"]);
  return {
    version: text(version),
    leading: fields(leadership)["role"] === "leading",
    ...optional("network", applied["network"]),
    ...optional("seen", revision["seen"]),
    ...optional("applied", revision["applied"]),
    ...optional("confirmed", revision["confirmed"]),
    core: {
      verdict: text(core["verdict"]) || "unknown",
      reason: text(core["reason"]),
      detail: text(core["detail"]),
    },
    peers: Array.isArray(applied["peers"]) ? applied["peers"].map(readPeer) : [],
    ...optional("lastError", lastError),
  };
}
