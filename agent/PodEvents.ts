import type { EventRecorder } from "../kube/EventRecorder.ts";

export interface PodEvent {
  readonly type: "Normal" | "Warning";
  /** From the list in docs/guide.md. */
  readonly reason: string;
  readonly action: string;
  /** A sentence. */
  readonly note: string;
}

/** Events about the agent's own pod, where `kubectl describe pod` shows them. */
export class PodEvents {
  readonly #recorder: Pick<EventRecorder, "record">;
  readonly #pod: { readonly namespace: string; readonly name: string; readonly uid: string };

  constructor(
    recorder: Pick<EventRecorder, "record">,
    { namespace, name, uid }: { readonly namespace: string; readonly name: string; readonly uid: string },
  ) {
    this.#recorder = recorder;
    this.#pod = { namespace, name, uid };
  }

  /** Returns at once; the same Event is written once an hour. */
  record(event: PodEvent): void {
    this.#recorder.record({ ...event, regarding: { apiVersion: "v1", kind: "Pod", ...this.#pod } });
  }
}
