import type { Clock } from "../../runtime/Clock.ts";
import { ApiError } from "../ApiError.ts";
import type { KubeApi } from "../KubeApi.ts";
import type { ElectionTiming } from "./ElectionTiming.ts";
import { heldLease } from "./heldLease.ts";
import type { Lease } from "./Lease.ts";
import { releasedLease } from "./releasedLease.ts";

export interface LeaseClientOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly lease: { readonly namespace: string; readonly name: string };
  readonly identity: string;
  readonly timing: ElectionTiming;
}

/**
 * One candidate's calls on the one Lease. Every write carries the resourceVersion of the Lease it was made from, and
 * ends in time for a second try before renewDeadline.
 */
export class LeaseClient {
  readonly #options: LeaseClientOptions;
  readonly #deadline: number;

  constructor(options: LeaseClientOptions) {
    this.#options = options;
    this.#deadline = (options.timing.renewDeadline - options.timing.renewPeriod) / 2;
  }

  /** Undefined: there is none. */
  async get(signal: AbortSignal): Promise<Lease | undefined> {
    const reference = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", ...this.#options.lease };
    try {
      return await this.#options.api.get<Lease>(reference, { signal, deadline: this.#deadline });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Takes or renews. */
  hold(lease: Lease, signal: AbortSignal): Promise<Lease> {
    return this.#options.api.update(this.#held(lease), { signal, deadline: this.#deadline });
  }

  /** Creates the Lease as its holder. */
  create(signal: AbortSignal): Promise<Lease> {
    const empty: Lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { ...this.#options.lease },
    };
    return this.#options.api.create(this.#held(empty), { signal, deadline: this.#deadline });
  }

  release(lease: Lease, signal: AbortSignal): Promise<Lease> {
    const released = releasedLease(lease, this.#options.clock.now());
    return this.#options.api.update(released, { signal, deadline: this.#deadline });
  }

  #held(lease: Lease): Lease {
    const { clock, identity, timing } = this.#options;
    return heldLease(lease, { identity, leaseDuration: timing.leaseDuration, now: clock.now() });
  }
}
