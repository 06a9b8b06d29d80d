import { ApiError } from "../../kube/ApiError.ts";
import type { EventRecorder } from "../../kube/EventRecorder.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import { accountKey } from "./accountKey.ts";
import { planAccountChecks } from "./planAccountChecks.ts";
import type { AccountCheckRecord } from "./planAccountChecks.ts";
import type { PodObservation } from "./PodObservation.ts";
import type { ProvisionMetrics } from "./ProvisionMetrics.ts";
import { readServiceAccount } from "./readServiceAccount.ts";
import type { ServiceAccount } from "./ServiceAccount.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

export interface AccountCheckOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProvisionMetrics;
  readonly events: Pick<EventRecorder, "record">;
  /** Undefined until everything has been read once. */
  readonly observe: () => PodObservation | undefined;
}

/** Milliseconds between two rounds, and between two questions of one. */
const period = 10_000;
const spacing = 100;

const advice =
  "create it again, then restart the pod: tokens of an account that is gone, or was made anew, are refused";

/**
 * Tells of service accounts of injected pods that do not exist. RBAC binds rights to any name, and a pod goes on when its
 * account is deleted, but the API server refuses its agent's token: the agent then works from its mounted file alone.
 *
 * Each account is asked for by its name, every 10 minutes, a missing one every minute: no right to list accounts is
 * needed. An account that can't be asked about counts as it did before.
 */
export class AccountCheck {
  readonly #options: AccountCheckOptions;
  readonly #records = new Map<string, AccountCheckRecord>();
  #failing = false;

  constructor(options: AccountCheckOptions) {
    this.#options = options;
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, metrics, observe } = this.#options;
    try {
      for (;;) {
        const observed = observe();
        if (observed) await this.#look(observed, signal);
        await clock.sleep(period, signal);
      }
    } finally {
      metrics.missingAccounts(new Map());
    }
  }

  async #look({ injected, namespaces }: PodObservation, signal: AbortSignal): Promise<void> {
    const pods = injected.filter(({ metadata }) => namespaces.has(metadata.namespace ?? ""));
    const accounts = new Map(
      pods.flatMap(readServiceAccount).map((account) => [accountKey(account), account]),
    );
    for (const key of this.#records.keys()) if (!accounts.has(key)) this.#records.delete(key);
    const { clock } = this.#options;
    for (const account of planAccountChecks([...accounts.values()], this.#records, clock.monotonic())) {
      await this.#check(account, pods, signal);
      await clock.sleep(spacing, signal);
    }
    this.#count([...accounts.values()]);
  }

  async #check(account: ServiceAccount, pods: readonly ValidatorPod[], signal: AbortSignal): Promise<void> {
    const found = await this.#find(account, signal);
    if (found === undefined) return;
    const key = accountKey(account);
    const before = this.#records.get(key)?.found ?? true;
    this.#records.set(key, { at: this.#options.clock.monotonic(), found });
    if (found === before) return;
    const { log } = this.#options;
    const fields = { event: "provision.account", account: key, found } as const;
    if (found) log.info(fields, `service account ${key} exists again; restart the pods that run as it`);
    else log.warn(fields, `service account ${key} of injected pods does not exist: ${advice}`);
    if (!found) this.#record(account, pods);
  }

  /** Undefined when it can't be told. */
  async #find(account: ServiceAccount, signal: AbortSignal): Promise<boolean | undefined> {
    const { api, log } = this.#options;
    try {
      await api.get({ apiVersion: "v1", kind: "ServiceAccount", ...account }, { signal, metadataOnly: true });
      this.#failing = false;
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) return false;
      const sentence = `service account ${accountKey(account)} can't be asked for: ${error.message}`;
      if (!this.#failing) log.warn({ event: "provision.failed", err: error }, sentence);
      this.#failing = true;
      return undefined;
    }
  }

  #record(account: ServiceAccount, pods: readonly ValidatorPod[]): void {
    const key = accountKey(account);
    for (const pod of pods) {
      if (!readServiceAccount(pod).some((one) => accountKey(one) === key)) continue;
      const { namespace = "", name = "", uid } = pod.metadata;
      const regarding = { apiVersion: "v1", kind: "Pod", namespace, name, ...(uid !== undefined && { uid }) };
      const note = `its service account ${account.name} does not exist, so that its peer agent has no rights: ${advice}`;
      this.#options.events.record({
        regarding,
        type: "Warning",
        reason: "ServiceAccountMissing",
        action: "Survey",
        note,
      });
    }
  }

  #count(accounts: readonly ServiceAccount[]): void {
    const counts = new Map<string, number>();
    for (const account of accounts)
      if (this.#records.get(accountKey(account))?.found === false)
        counts.set(account.namespace, (counts.get(account.namespace) ?? 0) + 1);
    this.#options.metrics.missingAccounts(counts);
  }
}
