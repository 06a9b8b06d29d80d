/** What the leading provisioner measures. Numbers by namespace; a namespace that is absent has none. */
export interface ProvisionMetrics {
  /** Enabled namespaces. */
  namespaces(count: number): void;
  /** Objects that something else stands in the place of, and objects that can't be written. */
  problems(foreign: number, failed: number): void;
  pods(missing: ReadonlyMap<string, number>, outdated: ReadonlyMap<string, number>): void;
  evicted(): void;
  /** Service accounts of injected pods that do not exist. */
  missingAccounts(counts: ReadonlyMap<string, number>): void;
}
