import type { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { WebhookSettings } from "../WebhookSettings.ts";
import { AuthorityStore } from "./AuthorityStore.ts";
import { CaBundles } from "./CaBundles.ts";
import type { CertificateAuthority, SigningPair } from "./CertificateAuthority.ts";
import { CertificateLoop } from "./CertificateLoop.ts";
import type { CertificateSource } from "./CertificateSource.ts";
import { certificateLife } from "./certificateLife.ts";
import { issueLeaf } from "./issueLeaf.ts";
import { planLeaf } from "./planLeaf.ts";
import type { ServingLeaf } from "./ServingLeaf.ts";
import { trustBundle } from "./trustBundle.ts";
import { trusts } from "./trusts.ts";

export interface ServingCertificatesOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Pick<
    WebhookSettings,
    "pod" | "service" | "caSecret" | "certificateNames" | "webhookConfiguration"
  >;
  /** A certificate to serve from now on. */
  readonly onCertificate: (certificate: SigningPair) => void;
  readonly heartbeat?: Heartbeat;
}

/** Milliseconds to the next look when nothing calls for one. */
const period = 30_000;

/**
 * Keeps this replica's serving certificate and the configuration's caBundle in step with the shared CA. A caBundle
 * that was wiped is written again as soon as the watch shows it, and a look every 30 s does without the watch. What
 * can't be done is tried again, ever more slowly; a certificate that is served goes on being served meanwhile.
 */
export class ServingCertificates implements CertificateSource {
  readonly #options: ServingCertificatesOptions;
  readonly #authority: AuthorityStore;
  readonly #bundles: CaBundles;
  readonly #loop: CertificateLoop;
  #leaf: ServingLeaf | undefined;

  constructor(options: ServingCertificatesOptions) {
    const { settings } = options;
    const onChange = (): void => this.#loop.notify();
    const onFailure = (error: ApiError): void => this.#loop.failed(error);
    this.#options = options;
    this.#loop = new CertificateLoop({
      ...options,
      period,
      subject: "the CA or the caBundle",
      look: (signal) => this.#look(signal),
    });
    const secret = { namespace: settings.pod.namespace, name: settings.caSecret };
    this.#authority = new AuthorityStore({ ...options, secret, onChange, onFailure });
    this.#bundles = new CaBundles({
      ...options,
      configuration: settings.webhookConfiguration,
      onChange,
      onFailure,
    });
  }

  ready(): boolean {
    return this.#leaf !== undefined && trusts(this.#bundles.current(), this.#leaf.authority);
  }

  async run(signal: AbortSignal): Promise<void> {
    await runTasks(
      {
        "CA watch": (inner) => this.#authority.run(inner),
        "webhook configuration watch": (inner) => this.#bundles.run(inner),
        certificates: (inner) => this.#loop.run(inner),
      },
      signal,
    );
  }

  async #look(signal: AbortSignal): Promise<void> {
    const authority = await this.#authority.ensure(signal);
    if (!authority) return;
    // The first leaf need not wait for the configuration, which may be installed after this.
    if (!this.#leaf) await this.#serve(authority, false);
    if (this.#bundles.current().length === 0) return;
    const trusted = await this.#bundles.announce(trustBundle(authority), signal);
    await this.#serve(authority, trusted);
  }

  async #serve(authority: CertificateAuthority, trusted: boolean): Promise<void> {
    const { clock, log, onCertificate } = this.#options;
    const now = clock.now();
    const plan = planLeaf(this.#leaf, authority, trusted, now);
    if (plan.action === "keep") return;
    const pair = await issueLeaf(authority.signing, this.#names(), now);
    this.#leaf = { ...pair, authority: authority.signing.certificate };
    onCertificate(pair);
    const until = new Date(certificateLife(pair.certificate).notAfter).toISOString();
    log.info(
      { event: "tls.leaf", reason: plan.reason, until },
      `serving certificate issued (${plan.reason}), valid until ${until}`,
    );
  }

  #names(): readonly string[] {
    const { service, certificateNames } = this.#options.settings;
    const inCluster = `${service.name}.${service.namespace}`;
    return [`${inCluster}.svc`, `${inCluster}.svc.cluster.local`, inCluster, ...certificateNames];
  }
}
