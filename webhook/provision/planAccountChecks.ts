import { accountKey } from "./accountKey.ts";
import type { ServiceAccount } from "./ServiceAccount.ts";

/** When a service account was last asked for, and whether it was there. */
export interface AccountCheckRecord {
  /** Monotonic milliseconds. */
  readonly at: number;
  readonly found: boolean;
}

/** Milliseconds between two looks at an account that is there, and at one that is missing. */
const presentPeriod = 600_000;
const missingPeriod = 60_000;

/**
 * Which service accounts to ask for now: those never asked for, and those whose time has come. An account that is
 * missing is asked for more often, since somebody may be about to create it.
 */
export function planAccountChecks(
  accounts: readonly ServiceAccount[],
  records: ReadonlyMap<string, AccountCheckRecord>,
  now: number,
): readonly ServiceAccount[] {
  const due = (account: ServiceAccount): number => {
    const record = records.get(accountKey(account));
    return record ? record.at + (record.found ? presentPeriod : missingPeriod) : -Infinity;
  };
  return accounts.filter((account) => due(account) <= now);
}
