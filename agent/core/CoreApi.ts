/** What `/info` says, as far as the agent asks. */
export interface CoreInfo {
  /** `Booting`, `Joining SCP`, `Connected`, `Catching up`, `Synced!`, `Stopping`. */
  readonly state: string;
  /** The network's passphrase. */
  readonly network: string;
  /** Seconds since the last ledger closed. */
  readonly ledgerAge: number;
  readonly ledgerNumber: number;
  readonly authenticatedPeers: number;
  readonly pendingPeers: number;
  /** When this Core was started, as it says: changes with each start. Empty where it does not say. */
  readonly startedOn: string;
  readonly build: string;
}

/** A connection as `/peers` lists it. */
export interface CorePeer {
  /** `ip:port`; of an inbound peer, the port that it listens on. */
  readonly address: string;
  readonly direction: "inbound" | "outbound";
  readonly authenticated: boolean;
  readonly id: string;
}

/** Why Core gave no usable answer. */
export interface CoreFailure {
  readonly ok: false;
  readonly reason:
    /** Nothing listens. */
    | "refused"
    /** No answer within the deadline. */
    | "timeout"
    /** The connection broke. */
    | "broken"
    /** 404: this Core has no such command. */
    | "unknown-command"
    /** Another status than 200, a redirect among them. */
    | "status"
    /** More bytes than any Core sends. */
    | "too-large"
    /** Not what the command answers: HTML, half a JSON, other fields. */
    | "unreadable"
    /** `{"error": …}` or `{"exception": …}` with status 200. */
    | "error-answer";
  readonly detail: string;
}

export type CoreResult<T> = { readonly ok: true; readonly value: T } | CoreFailure;

/**
 * Core's admin HTTP, one request at a time: it is served on Core's main thread, where a slow request stalls consensus.
 * Answers are data or a CoreFailure; rejects only with the signal's reason. Source: recordings of 19.0.1; 27.1's
 * CommandHandler.
 */
export interface CoreApi {
  info(signal: AbortSignal): Promise<CoreResult<CoreInfo>>;
  peers(signal: AbortSignal): Promise<CoreResult<readonly CorePeer[]>>;
  /** The answer promises nothing: look at peers() for what came of it. Numeric IPv4 only. */
  connect(ip: string, port: number, signal: AbortSignal): Promise<CoreResult<void>>;
  /** `unknown-command` with every Core released so far (27.1). */
  configReload(signal: AbortSignal): Promise<CoreResult<void>>;
}
