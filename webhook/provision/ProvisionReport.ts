import type { ApiError } from "../../kube/ApiError.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { EventName } from "../../runtime/eventNames.ts";
import type { Log } from "../../runtime/Log.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionOutcome } from "./ProvisionOutcome.ts";

export interface ActionOutcome {
  readonly action: ProvisionAction;
  readonly outcome: ProvisionOutcome;
}

const events = {
  create: ["provision.created", "created"],
  update: ["provision.updated", "brought up to date"],
  delete: ["provision.deleted", "removed"],
} as const satisfies Readonly<Record<ProvisionAction["verb"], readonly [EventName, string]>>;

function title({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.name ?? ""}`;
}

function place({ kind, metadata }: KubeObject): string {
  return metadata.namespace === undefined ? title({ apiVersion: "", kind, metadata }) : `${kind} ${metadata.namespace}/${metadata.name ?? ""}`; // prettier-ignore
}

/** Tells what was done, a line for each kind of change however many namespaces it reached, and each problem once. */
export class ProvisionReport {
  readonly #log: Log;
  /** Of objects that stand in the way or can't be written. */
  readonly #problems = new Map<string, "foreign" | "failed">();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Objects that something else stands in the place of, as `Kind NAMESPACE/NAME`. */
  foreign(): readonly string[] {
    return [...this.#problems].filter(([, kind]) => kind === "foreign").map(([name]) => name);
  }

  failed(): readonly string[] {
    return [...this.#problems].filter(([, kind]) => kind === "failed").map(([name]) => name);
  }

  /** The outcomes of all that one look found to do. */
  add(outcomes: readonly ActionOutcome[]): void {
    this.#tellDone(outcomes.filter(({ outcome }) => outcome.result === "done"));
    const current = new Set(outcomes.map(({ action }) => place(action.object)));
    for (const { action, outcome } of outcomes) this.#note(place(action.object), outcome);
    // What no longer has to be done is no problem any more.
    for (const key of this.#problems.keys()) if (!current.has(key)) this.#problems.delete(key);
  }

  #tellDone(done: readonly ActionOutcome[]): void {
    const groups = new Map<string, ProvisionAction[]>();
    for (const { action } of done) {
      const key = `${action.verb} ${title(action.object)}`;
      groups.set(key, [...(groups.get(key) ?? []), action]);
    }
    for (const actions of groups.values()) this.#tellGroup(actions);
  }

  #tellGroup(actions: readonly ProvisionAction[]): void {
    const [first] = actions;
    if (!first) return;
    const [event, verb] = events[first.verb];
    const namespaces = actions.flatMap(({ object }) => object.metadata.namespace ?? []);
    const where = namespaces.length === 0 ? "" : namespaces.length > 3 ? ` in ${namespaces.length} namespaces` : ` in ${namespaces.join(", ")}`; // prettier-ignore
    this.#log.info(
      { event, object: title(first.object), namespaces },
      `${title(first.object)} ${verb}${where}`,
    );
  }

  #note(key: string, outcome: ProvisionOutcome): void {
    if (outcome.result === "foreign") this.#tellForeign(key);
    else if (outcome.result === "failed") this.#tellFailed(key, outcome.error);
    else this.#problems.delete(key);
  }

  #tellForeign(key: string): void {
    if (this.#problems.get(key) === "foreign") return;
    this.#problems.set(key, "foreign");
    this.#log.warn(
      { event: "provision.foreign", object: key },
      `${key} was made by somebody else and is left alone; agents there go without it: rename or delete it, and ours takes its place within 30 s`,
    );
  }

  #tellFailed(key: string, error: ApiError): void {
    if (this.#problems.get(key) === "failed") return;
    this.#problems.set(key, "failed");
    this.#log.warn(
      { event: "provision.failed", object: key, err: error },
      `${key} can't be brought up to date: ${error.message}; it is tried again`,
    );
  }
}
