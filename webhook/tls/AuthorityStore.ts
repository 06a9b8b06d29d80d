import { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import { authoritySecret, type Secret } from "./authoritySecret.ts";
import type { CertificateAuthority } from "./CertificateAuthority.ts";
import { certificateLife } from "./certificateLife.ts";
import { issueAuthority } from "./issueAuthority.ts";
import { planAuthority } from "./planAuthority.ts";
import { readAuthority } from "./readAuthority.ts";

export interface AuthorityStoreOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secret: { readonly namespace: string; readonly name: string };
  readonly onChange: () => void;
  /** The Secret can't be followed (once, until it can be again). */
  readonly onFailure: (error: ApiError) => void;
}

/** Milliseconds after which the watch of the Secret is opened anew. */
const watchAge = 60_000;

/**
 * The CA that all replicas share, kept in a Secret. Whoever finds none makes one, and whoever is second takes the
 * first one's. A Secret that is deleted or spoilt while a replica remembers what stood in it is written again as it
 * was, so that certificates in use stay trusted.
 */
export class AuthorityStore {
  readonly #options: AuthorityStoreOptions;
  readonly #reflector: Reflector<Secret>;
  #lastGood: CertificateAuthority | undefined;

  constructor(options: AuthorityStoreOptions) {
    const { api, clock, random, secret, onChange, onFailure } = options;
    this.#options = options;
    this.#reflector = new Reflector({
      api,
      clock,
      random,
      collection: { apiVersion: "v1", kind: "Secret", ...secret },
      maxAge: watchAge,
      onChange,
      onFailure,
    });
  }

  /** Follows the Secret until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#reflector.run(signal);
  }

  /**
   * The CA, after whatever had to be written. Undefined when it can't be told yet: the Secret was not read so far, or
   * somebody else wrote it and the change is on its way. Rejects with an ApiError.
   */
  async ensure(signal: AbortSignal): Promise<CertificateAuthority | undefined> {
    if (!this.#reflector.synced()) return undefined;
    const [secret] = this.#reflector.items().values();
    const now = this.#options.clock.now();
    if (!secret) return this.#restore(undefined, "there was none", signal);
    const reading = readAuthority(secret, now);
    if (!reading.ok) return this.#restore(secret, reading.problem, signal);
    this.#adopt(reading.authority);
    return this.#rotate(secret, reading.authority, now, signal);
  }

  async #restore(
    over: Secret | undefined,
    problem: string,
    signal: AbortSignal,
  ): Promise<CertificateAuthority | undefined> {
    const now = this.#options.clock.now();
    const kept = this.#lastGood;
    const restored = kept !== undefined && certificateLife(kept.signing.certificate).notAfter > now;
    const authority = restored ? kept : { signing: await issueAuthority(now), next: undefined, previous: [] };
    const why = `${restored ? "restored" : "created"}, since ${over ? `what stood there is unusable: ${problem}` : problem}`;
    return this.#write(over, authority, why, signal);
  }

  async #rotate(
    over: Secret,
    authority: CertificateAuthority,
    now: number,
    signal: AbortSignal,
  ): Promise<CertificateAuthority | undefined> {
    const { signing, next, previous } = authority;
    const plan = planAuthority(authority, now);
    if (plan === "stage") {
      const staged = { signing, next: await issueAuthority(now), previous };
      return this.#write(
        over,
        staged,
        "the next one is staged: it is trusted now and signs in a day",
        signal,
      );
    }
    if (plan === "promote" && next) {
      const promoted = { signing: next, next: undefined, previous: [signing.certificate, ...previous] };
      return this.#write(over, promoted, "the staged one signs from now on", signal);
    }
    return authority;
  }

  async #write(
    over: Secret | undefined,
    authority: CertificateAuthority,
    why: string,
    signal: AbortSignal,
  ): Promise<CertificateAuthority | undefined> {
    const { api, log, secret } = this.#options;
    const object = authoritySecret(secret, authority, over);
    try {
      await (over ? api.update(object, { signal }) : api.create(object, { signal }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Somebody else was first: the watch brings what they wrote.
      if (error.status === 409) return undefined;
      if (error.status === 422 && over) return this.#remove(over, signal);
      throw error;
    }
    log.info(
      { event: "tls.ca", secret: `${secret.namespace}/${secret.name}` },
      `CA in Secret ${secret.name}: ${why}`,
    );
    this.#lastGood = authority;
    return authority;
  }

  /** A Secret's type can't be changed, and an immutable one not at all: it is made again at the next look. */
  async #remove(secret: Secret, signal: AbortSignal): Promise<undefined> {
    const { api } = this.#options;
    const uid = secret.metadata.uid;
    const reference = { apiVersion: "v1", kind: "Secret", ...this.#options.secret };
    await api.delete(reference, { signal, ...(uid !== undefined && { uid }) });
    return undefined;
  }

  #adopt(authority: CertificateAuthority): void {
    const { log, secret } = this.#options;
    if (this.#lastGood?.signing.certificate !== authority.signing.certificate)
      log.info(
        { event: "tls.ca", secret: `${secret.namespace}/${secret.name}` },
        `CA taken from Secret ${secret.name}`,
      );
    this.#lastGood = authority;
  }
}
