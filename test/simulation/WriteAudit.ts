import type { Lease } from "../../kube/election/Lease.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ValidatedWrite } from "../memory-api/ValidatingAdmission.ts";
import { fence } from "./fence.ts";
import { peersObjects } from "./peersObjects.ts";
import type { StoredList } from "./Rules.ts";

export interface AuditedCaller {
  /** The pod's identity, as the fence sees it; undefined for who is not fenced. */
  readonly fenced: string | undefined;
  /** A write of the shared list or a copy takes place. */
  readonly onList: (before: StoredList | undefined, after: StoredList) => void;
  readonly onLease: (after: Lease) => void;
}

function isShared(
  object: KubeObject,
  { kind, namespace, name }: (typeof peersObjects)["lease" | "configMap"],
) {
  const { metadata } = object;
  return object.kind === kind && metadata.name === name && metadata.namespace === namespace;
}

/** The server's last word on every write: the chart's admission policies, and a note of what was written by whom. */
export class WriteAudit {
  #caller: AuditedCaller | undefined;
  #lease: Lease | undefined;

  /** What `act` writes before it waits for anything is that caller's. */
  as<T>(caller: AuditedCaller, act: () => T): T {
    this.#caller = caller;
    try {
      return act();
    } finally {
      this.#caller = undefined;
    }
  }

  /** Throws the policies' refusal. */
  check({ before, after, dryRun }: ValidatedWrite): void {
    const caller = this.#caller;
    if (caller?.fenced !== undefined && before && after) this.#admit(caller.fenced, before, after);
    if (dryRun) return;
    const object = after ?? before;
    if (object && isShared(object, peersObjects.lease)) this.#lease = after;
    if (!caller || !after) return;
    if (after.kind === "ConfigMap" && after.metadata.name === peersObjects.configMap.name)
      caller.onList(before, after);
    if (before && isShared(after, peersObjects.lease)) caller.onLease(after);
  }

  #admit(caller: string, before: KubeObject, after: KubeObject): void {
    if (isShared(before, peersObjects.lease)) fence.lease(caller, before, after);
    if (isShared(before, peersObjects.configMap)) fence.publication(caller, before, after, this.#lease);
  }
}
