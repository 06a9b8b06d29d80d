import { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import { isOwn } from "./isOwn.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionOutcome } from "./ProvisionOutcome.ts";

const fieldManager = "stellar-peer-discovery-provisioner";

function referenceOf({ apiVersion, kind, metadata }: KubeObject): ObjectReference {
  const { namespace, name = "" } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

function isTerminating(error: ApiError): boolean {
  return error.status === 403 && error.message.includes("is being terminated");
}

/** Carries out what was planned; tells each failure that may be expected from the others. Rejects only when aborted. */
export class ProvisionWriter {
  readonly #api: KubeApi;
  readonly #peersNamespace: string;

  constructor(api: KubeApi, peersNamespace: string) {
    this.#api = api;
    this.#peersNamespace = peersNamespace;
  }

  async write(action: ProvisionAction, signal: AbortSignal): Promise<ProvisionOutcome> {
    try {
      await this.#call(action, signal);
      return { result: "done" };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      return this.#explain(action, error, signal);
    }
  }

  async #call({ verb, object }: ProvisionAction, signal: AbortSignal): Promise<void> {
    if (verb === "create") await this.#api.create(object, { signal, fieldManager });
    else if (verb === "update") await this.#api.update(object, { signal, fieldManager });
    else await this.#delete(object, signal);
  }

  async #delete(object: KubeObject, signal: AbortSignal): Promise<void> {
    const { uid } = object.metadata;
    await this.#api.delete(referenceOf(object), { signal, ...(uid !== undefined && { uid }) });
  }

  async #explain(
    { verb, object }: ProvisionAction,
    error: ApiError,
    signal: AbortSignal,
  ): Promise<ProvisionOutcome> {
    if (error.status === 404 || isTerminating(error)) return { result: "outdated" };
    if (error.status === 409)
      return verb === "create" ? this.#whoseIsIt(object, signal) : { result: "outdated" };
    // Made immutable by somebody: it goes, and is made again at the next look.
    if (error.status === 422 && verb === "update") return this.write({ verb: "delete", object }, signal);
    return { result: "failed", error };
  }

  async #whoseIsIt(object: KubeObject, signal: AbortSignal): Promise<ProvisionOutcome> {
    try {
      const found = await this.#api.get(referenceOf(object), { signal, metadataOnly: true });
      return { result: isOwn(found, this.#peersNamespace) || isAdopted(object, this.#peersNamespace) ? "outdated" : "foreign" }; // prettier-ignore
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      return error.status === 404 ? { result: "outdated" } : { result: "failed", error };
    }
  }
}

/** The list itself and the Lease are used whoever made them. */
function isAdopted({ kind, metadata }: KubeObject, peersNamespace: string): boolean {
  return metadata.namespace === peersNamespace && (kind === "ConfigMap" || kind === "Lease");
}
