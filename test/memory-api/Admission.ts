import type { JsonObject } from "./JsonObject.ts";
import type { StoredObject } from "./StoredObject.ts";

export interface AdmissionRequest {
  /** A pod that is to be created, with its defaults. */
  readonly pod: JsonObject;
  readonly namespace: StoredObject;
  /** The MutatingWebhookConfigurations that there are, by name. */
  readonly configurations: readonly StoredObject[];
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** What may change, or refuse, a pod before it is created. */
export interface Admission {
  /** The pod as it is to be. Rejects with the server's ApiError. */
  admit(request: AdmissionRequest): Promise<JsonObject>;
}
