import type { ApiError } from "../../kube/ApiError.ts";
import type { EventNote, EventRecorder } from "../../kube/EventRecorder.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { EventName } from "../../runtime/eventNames.ts";
import type { Log } from "../../runtime/Log.ts";
import { placeOf } from "./placeOf.ts";
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

/**
 * Tells what was done, a line for each kind of change however many namespaces it reached, and each problem once: as a
 * log line, and as an Event in the namespace, whose people may not see that log.
 */
export class ProvisionReport {
  readonly #log: Log;
  readonly #events: Pick<EventRecorder, "record">;
  /** Of objects that stand in the way or can't be written. */
  readonly #problems = new Map<string, "foreign" | "failed">();

  constructor(log: Log, events: Pick<EventRecorder, "record">) {
    this.#log = log;
    this.#events = events;
  }

  /** Objects that something else stands in the place of, as `Kind NAMESPACE/NAME`. */
  foreign(): readonly string[] {
    return [...this.#problems].filter(([, kind]) => kind === "foreign").map(([name]) => name);
  }

  failed(): readonly string[] {
    return [...this.#problems].filter(([, kind]) => kind === "failed").map(([name]) => name);
  }

  /** The outcomes of what one look did; `planned` has the places of all that it found to do, done now or later. */
  add(outcomes: readonly ActionOutcome[], planned: ReadonlySet<string>): void {
    this.#tellDone(outcomes.filter(({ outcome }) => outcome.result === "done"));
    for (const { action, outcome } of outcomes) this.#note(action.object, outcome);
    // What no longer has to be done is no problem any more.
    for (const key of this.#problems.keys()) if (!planned.has(key)) this.#problems.delete(key);
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

  #note(object: KubeObject, outcome: ProvisionOutcome): void {
    if (outcome.result === "foreign") this.#tellForeign(object);
    else if (outcome.result === "failed") this.#tellFailed(object, outcome.error);
    else this.#problems.delete(placeOf(object));
  }

  #tellForeign(object: KubeObject): void {
    const key = placeOf(object);
    if (this.#problems.get(key) === "foreign") return;
    this.#problems.set(key, "foreign");
    const sentence =
      "was made by somebody else and is left alone; agents there go without it: rename or delete it, and ours takes its place within 30 s";
    this.#log.warn({ event: "provision.foreign", object: key }, `${key} ${sentence}`);
    this.#record(object, { reason: "ForeignObject", note: `${title(object)} ${sentence}` });
  }

  #tellFailed(object: KubeObject, error: ApiError): void {
    const key = placeOf(object);
    if (this.#problems.get(key) === "failed") return;
    this.#problems.set(key, "failed");
    const sentence = `can't be brought up to date: ${error.message}; it is tried again, every 30 s in the end`;
    this.#log.warn({ event: "provision.failed", object: key, err: error }, `${key} ${sentence}`);
    this.#record(object, { reason: "ProvisioningFailed", note: `${title(object)} ${sentence}` });
  }

  #record({ apiVersion, kind, metadata }: KubeObject, told: Pick<EventNote, "reason" | "note">): void {
    const { namespace, name = "", uid } = metadata;
    if (namespace === undefined) return;
    const regarding = { apiVersion, kind, namespace, name, ...(uid !== undefined && { uid }) };
    this.#events.record({ regarding, type: "Warning", action: "Provision", ...told });
  }
}
