import { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { fieldManager } from "./fieldManager.ts";
import type { PublicationPlan } from "./planPublication.ts";
import { publicationPatch } from "./publicationPatch.ts";
import { readStoredDocument } from "./readStoredDocument.ts";
import type { StoredDocument } from "./StoredDocument.ts";

export interface ConfigMapClientOptions {
  readonly api: KubeApi;
  readonly configMap: { readonly namespace: string; readonly name: string };
  readonly holder: string;
}

/** Reads and writes the one ConfigMap; failures are ApiErrors. */
export class ConfigMapClient {
  readonly #options: ConfigMapClientOptions;

  constructor(options: ConfigMapClientOptions) {
    this.#options = options;
  }

  /** Undefined: there is none. */
  async read(signal: AbortSignal): Promise<StoredDocument | undefined> {
    try {
      return readStoredDocument(await this.#options.api.get<ConfigMap>(this.#reference(), { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Writes the planned document in the place of exactly the stored one; resolves with what is stored then. */
  async write(
    stored: StoredDocument,
    plan: Extract<PublicationPlan, { readonly action: "write" }>,
    signal: AbortSignal,
  ): Promise<StoredDocument> {
    const { api, holder } = this.#options;
    const patch = publicationPatch(stored, plan, holder);
    return readStoredDocument(await api.patch<ConfigMap>(this.#reference(), patch, { signal, fieldManager }));
  }

  #reference() {
    return { apiVersion: "v1", kind: "ConfigMap", ...this.#options.configMap };
  }
}
