import type { CoreInfo } from "../core/CoreApi.ts";
import type { Health } from "./decideHealth.ts";
import type { PeerStatus } from "./describePeers.ts";
import type { DocumentsStatus } from "./DocumentView.ts";
import type { ReloadState } from "./ReloadMemory.ts";

/** The apply room, for `/status`: plain data. */
export interface ApplierStatus {
  readonly network: string | undefined;
  readonly core: {
    readonly verdict: Health["verdict"] | "unknown";
    readonly reason: string;
    readonly detail: string;
    readonly info: CoreInfo | undefined;
    /** What config-reload came to in this start of Core. */
    readonly reload: ReloadState;
  };
  readonly revision: {
    readonly seen: string | undefined;
    readonly applied: string | undefined;
    readonly confirmed: string | undefined;
  };
  readonly documents: DocumentsStatus;
  readonly peers: readonly PeerStatus[];
  /** Addresses that the agent's own picture shows and the document lacks. */
  readonly unlisted: readonly string[];
  /** Entries of the document that belong to other networks. */
  readonly otherNetworks: number;
  /** The last thing that Core refused or failed to do, until nothing is left to be done. */
  readonly lastError: string | undefined;
}
