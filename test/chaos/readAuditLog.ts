import { readFile } from "node:fs/promises";
import { names } from "../../contract/names.ts";
import type { AuditedWrite } from "./AuditedWrite.ts";

/** What list, copies and Lease are called. */
const shared = names.configMap;

interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
  readonly user: { readonly username: string; readonly extra?: Readonly<Record<string, readonly string[]>> };
  readonly objectRef?: { readonly resource: string; readonly namespace?: string; readonly name?: string };
  readonly responseStatus?: { readonly code: number };
  readonly requestURI: string;
  readonly responseObject?: AuditedWrite["object"];
}

function versionOf({ object }: AuditedWrite): number {
  return Number(object?.metadata.resourceVersion ?? 0);
}

function parseEvent(line: string): AuditEvent | undefined {
  try {
    return JSON.parse(line) as AuditEvent;
  } catch {
    // The server was killed while it wrote this line.
    return undefined;
  }
}

/** The writes of the list, its copies, the Lease and StellarNodes that took place, in the order in which they did (etcd's). */
export async function readAuditLog(path: string): Promise<readonly AuditedWrite[]> {
  const events = (await readFile(path, "utf8")).split("\n").filter(Boolean).flatMap((line) => parseEvent(line) ?? []); // prettier-ignore
  return events
    .filter(({ stage, responseStatus, requestURI }) => {
      const done = stage === "ResponseComplete" && Math.floor((responseStatus?.code ?? 0) / 100) === 2;
      return done && !requestURI.includes("dryRun=");
    })
    .map((event): AuditedWrite => {
      const { kind, metadata } = event.responseObject ?? {};
      const deleted = event.verb === "delete" || kind === "Status";
      return {
        verb: event.verb,
        resource: event.objectRef?.resource ?? "",
        namespace: metadata?.namespace ?? event.objectRef?.namespace ?? "",
        pod: event.user.extra?.["authentication.kubernetes.io/pod-uid"]?.[0],
        user: event.user.username,
        at: Date.parse(event.requestReceivedTimestamp),
        answered: Date.parse(event.stageTimestamp),
        object: deleted ? undefined : event.responseObject,
      };
    })
    .filter(
      ({ object, resource }) => resource === "stellarnodes" || (object?.metadata.name ?? shared) === shared,
    )
    .sort((one, other) => versionOf(one) - versionOf(other));
}
