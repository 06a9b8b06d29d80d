import { randomUUID } from "node:crypto";
import { ApiError } from "../../kube/ApiError.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { withDeadline } from "../../runtime/withDeadline.ts";
import type { Admission, AdmissionRequest } from "./Admission.ts";
import { callsForPod } from "./callsForPod.ts";
import type { JsonObject } from "./JsonObject.ts";
import { jsonPatch } from "./jsonPatch.ts";
import type { MutatingWebhook } from "./MutatingWebhook.ts";
import { postReview, type AdmissionResponse } from "./postReview.ts";
import { refusals } from "./refusals.ts";
import type { StoredMeta } from "./StoredObject.ts";

const defaultTimeout = 10;
const pods = { group: "", version: "v1", resource: "pods" };
const podKind = { group: "", version: "v1", kind: "Pod" };

/**
 * Calls mutating webhooks by their `clientConfig.url`, each once, in the order of names. One that is a Service can't be
 * reached from here: its failurePolicy decides. Neither matchConditions nor reinvocationPolicy are heeded, and
 * warnings get lost. With no webhook that wants the pod it does nothing at all.
 */
export class WebhookAdmission implements Admission {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async admit(request: AdmissionRequest): Promise<JsonObject> {
    const { configurations, namespace } = request;
    let pod = request.pod;
    for (const configuration of configurations) {
      for (const webhook of (configuration["webhooks"] ?? []) as readonly MutatingWebhook[]) {
        const { labels } = pod["metadata"] as StoredMeta;
        if (callsForPod(webhook, labels, namespace.metadata.labels))
          pod = await this.#mutate(webhook, { ...request, pod });
      }
    }
    return pod;
  }

  async #mutate(webhook: MutatingWebhook, request: AdmissionRequest): Promise<JsonObject> {
    const response = await this.#ask(webhook, request);
    if (!response) return request.pod;
    if (!response.allowed) throw denial(webhook.name, response);
    if (response.patch === undefined) return request.pod;
    try {
      return jsonPatch(request.pod, decodePatch(response.patch)) as JsonObject;
    } catch (error) {
      throw refusals.internal(error instanceof Error ? error.message : String(error));
    }
  }

  /** Undefined where the call failed and that is to be ignored. */
  async #ask(webhook: MutatingWebhook, request: AdmissionRequest): Promise<AdmissionResponse | undefined> {
    const { timeoutSeconds = defaultTimeout, failurePolicy = "Fail", name } = webhook;
    const { signal } = request;
    try {
      return await withDeadline(this.#clock, timeoutSeconds * 1000, signal, (ending) =>
        postReview(webhook, reviewOf(request), ending),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (failurePolicy === "Ignore") return undefined;
      const cause = error instanceof Error ? error.message : String(error);
      throw refusals.internal(`failed calling webhook ${JSON.stringify(name)}: ${cause}`);
    }
  }
}

function denial(name: string, { status = {} }: AdmissionResponse): ApiError {
  const denied = `admission webhook ${JSON.stringify(name)} denied the request`;
  const why = status.message ?? status.reason;
  const message = why ? `${denied}: ${why}` : `${denied} without explanation`;
  return new ApiError({ status: Math.max(400, status.code ?? 0), reason: status.reason ?? "", message });
}

function decodePatch(patch: string): readonly unknown[] {
  return JSON.parse(Buffer.from(patch, "base64").toString("utf8")) as readonly unknown[];
}

function reviewOf({ pod, namespace, dryRun }: AdmissionRequest) {
  const { name } = pod["metadata"] as StoredMeta;
  const request = {
    uid: randomUUID(),
    kind: podKind,
    resource: pods,
    requestKind: podKind,
    requestResource: pods,
    ...(name && { name }),
    namespace: namespace.metadata.name,
    operation: "CREATE",
    userInfo: { username: "kubernetes-admin", groups: ["system:masters", "system:authenticated"] },
    object: pod,
    oldObject: null,
    dryRun,
    options: { apiVersion: "meta.k8s.io/v1", kind: "CreateOptions" },
  };
  return { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request };
}
