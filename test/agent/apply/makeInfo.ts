import type { CoreInfo } from "../../../agent/core/CoreApi.ts";

/** What a Core of testnet says that is well, but for what differs. */
export function makeInfo(differing: Partial<CoreInfo> = {}): CoreInfo {
  return {
    state: "Synced!",
    network: "Test SDF Network ; September 2015",
    ledgerAge: 3,
    ledgerNumber: 100,
    authenticatedPeers: 2,
    pendingPeers: 0,
    startedOn: "2026-01-01T00:00:00Z",
    build: "v27.1.0",
    ...differing,
  };
}
