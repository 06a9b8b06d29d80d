import type { KubeApi } from "../../../kube/KubeApi.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { systemRandom } from "../../../runtime/systemRandom.ts";
import type { SigningPair } from "../../../webhook/tls/CertificateAuthority.ts";
import { ServingCertificates } from "../../../webhook/tls/ServingCertificates.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";

/** One webhook's certificates, kept up on an API server until `stop`. */
export class Replica {
  readonly log = new RecordedLog();
  readonly served: SigningPair[] = [];
  readonly certificates: ServingCertificates;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(api: KubeApi, namespace: string, webhookConfiguration: string) {
    this.certificates = new ServingCertificates({
      api,
      clock: systemClock,
      random: systemRandom,
      log: this.log,
      settings: {
        pod: { namespace, name: "webhook-0", uid: "uid" },
        service: { namespace, name: "webhook" },
        caSecret: "webhook-ca",
        certificateNames: ["127.0.0.1"],
        webhookConfiguration,
      },
      onCertificate: (certificate) => this.served.push(certificate),
    });
    this.#running = this.certificates.run(this.#ending.signal).catch((error: unknown) => {
      if (!this.#ending.signal.aborted) throw error;
    });
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }
}
