import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import { CaBundles } from "./CaBundles.ts";
import type { SigningPair } from "./CertificateAuthority.ts";
import { certificateLife } from "./certificateLife.ts";
import { CertificateLoop } from "./CertificateLoop.ts";
import type { CertificateSource } from "./CertificateSource.ts";
import { planTrust } from "./planTrust.ts";
import { readMountedLeaf } from "./readMountedLeaf.ts";
import type { ServingLeaf } from "./ServingLeaf.ts";
import { splitCertificates } from "./splitCertificates.ts";
import { trusts } from "./trusts.ts";

export interface MountedCertificatesOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Folder with tls.crt, tls.key and ca.crt. */
  readonly directory: string;
  /** The MutatingWebhookConfiguration. */
  readonly webhookConfiguration: string;
  /** A certificate to serve from now on. */
  readonly onCertificate: (certificate: SigningPair) => void;
  readonly heartbeat?: Heartbeat;
}

/** Milliseconds to the next look at the files. */
const period = 5_000;

/**
 * Serves the certificate of mounted files, as cert-manager and the kubelet keep them up, and has the API server trust
 * its CA. Files that can't be used leave what is served as it is. A certificate of another CA is served once the
 * caBundle has that CA. The files are read every 5 s: a certificate is renewed weeks before it runs out.
 */
export class MountedCertificates implements CertificateSource {
  readonly #options: MountedCertificatesOptions;
  readonly #bundles: CaBundles;
  readonly #loop: CertificateLoop;
  #leaf: ServingLeaf | undefined;
  #seen: ReadonlyMap<string, number> = new Map();
  #problem: string | undefined;

  constructor(options: MountedCertificatesOptions) {
    this.#options = options;
    this.#loop = new CertificateLoop({
      ...options,
      period,
      subject: "the caBundle",
      look: (signal) => this.#look(signal),
    });
    this.#bundles = new CaBundles({
      ...options,
      configuration: options.webhookConfiguration,
      onChange: () => this.#loop.notify(),
      onFailure: (error) => this.#loop.failed(error),
    });
  }

  ready(): boolean {
    if (!this.#leaf) return false;
    const bundles = this.#bundles.current();
    return splitCertificates(this.#leaf.authority).every((one) => trusts(bundles, one));
  }

  async run(signal: AbortSignal): Promise<void> {
    await runTasks(
      {
        "webhook configuration watch": (inner) => this.#bundles.run(inner),
        certificates: (inner) => this.#loop.run(inner),
      },
      signal,
    );
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const leaf = (await this.#read()) ?? this.#leaf;
    if (!leaf) return;
    // The first need not wait for the configuration, which may be installed after this.
    if (!this.#leaf) this.#serve(leaf, "first");
    const bundles = this.#bundles.current();
    if (bundles.length === 0) return;
    const plan = planTrust({ bundles, own: leaf.authority, seen: this.#seen, now: clock.monotonic() });
    this.#seen = plan.seen;
    const trusted = await this.#bundles.announce(plan.bundle, signal);
    if (trusted && leaf.certificate !== this.#leaf?.certificate) this.#serve(leaf, "renewal");
  }

  async #read(): Promise<ServingLeaf | undefined> {
    const { clock, directory, log } = this.#options;
    const text = (name: string): Promise<string | undefined> =>
      readFile(join(directory, name), "utf8").catch(() => undefined);
    const [certificate, privateKey, authority] = [
      await text("tls.crt"),
      await text("tls.key"),
      await text("ca.crt"),
    ];
    const reading = readMountedLeaf({ certificate, privateKey, authority }, clock.now());
    const problem = reading.ok ? undefined : reading.problem;
    if (problem !== undefined && problem !== this.#problem)
      log.warn(
        { event: "tls.failed", directory },
        `the mounted certificate is not used, ${this.#leaf ? "the last one stays" : "and there is none yet"}: ${problem}`,
      );
    this.#problem = problem;
    return reading.ok ? reading.leaf : undefined;
  }

  #serve(leaf: ServingLeaf, reason: "first" | "renewal"): void {
    const { log, onCertificate } = this.#options;
    this.#leaf = leaf;
    onCertificate(leaf);
    const until = new Date(certificateLife(leaf.certificate).notAfter).toISOString();
    log.info(
      { event: "tls.leaf", reason, until },
      `mounted certificate served (${reason}), valid until ${until}`,
    );
  }
}
