import { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import { caBundlePatch } from "./caBundlePatch.ts";
import { readCaBundles } from "./readCaBundles.ts";
import type { WebhookConfiguration } from "./WebhookConfiguration.ts";

export interface CaBundlesOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Name of the MutatingWebhookConfiguration. */
  readonly configuration: string;
  readonly onChange: () => void;
  readonly onFailure: (error: ApiError) => void;
}

/** Milliseconds after which the watch of the configuration is opened anew. */
const watchAge = 60_000;

/** What the API server trusts when it calls this webhook: followed, and written. */
export class CaBundles {
  readonly #options: CaBundlesOptions;
  readonly #reflector: Reflector<WebhookConfiguration>;

  constructor(options: CaBundlesOptions) {
    this.#options = options;
    this.#reflector = new Reflector({
      ...options,
      collection: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingWebhookConfiguration",
        name: options.configuration,
      },
      maxAge: watchAge,
    });
  }

  /** That of each webhook, in PEM; none while the configuration is not known or not there. */
  current(): readonly string[] {
    return readCaBundles(this.#configuration());
  }

  /** Resolves with true once every webhook of the configuration has this bundle. Rejects with an ApiError. */
  async announce(bundle: string, signal: AbortSignal): Promise<boolean> {
    const configuration = this.#configuration();
    const bundles = this.current();
    if (!configuration || bundles.every((found) => found === bundle)) return bundles.length > 0;
    const { api, log } = this.#options;
    const { apiVersion, kind, metadata } = configuration;
    const name = metadata.name ?? "";
    try {
      await api.patch({ apiVersion, kind, name }, caBundlePatch(configuration, bundle), { signal });
    } catch (error) {
      // It changed or is gone: the watch tells.
      if (error instanceof ApiError && (error.status === 409 || error.status === 404)) return false;
      throw error;
    }
    log.info(
      { event: "tls.cabundle", configuration: name },
      `caBundle of MutatingWebhookConfiguration ${name} written`,
    );
    return true;
  }

  /** Follows the configuration until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#reflector.run(signal);
  }

  #configuration(): WebhookConfiguration | undefined {
    return this.#reflector.items().values().next().value;
  }
}
