/** What somebody asked of a Core, and how it was at that moment. */
export interface CoreRequest {
  /** Path and query. */
  readonly target: string;
  readonly state: string;
  /** Seconds. */
  readonly ledgerAge: number;
  readonly authenticatedPeers: number;
  /** Something that Core logs an error for, or that stalls it. */
  readonly complaint?: string;
}

/** One validator's Core on a Stage, a fake one or a real one. */
export interface StageCore {
  /** `ip:port` for peers. */
  readonly address: string;
  /** Of the admin HTTP, on 127.0.0.1. */
  readonly port: number;
  /** At least those for a config-reload and for a connection. */
  readonly requests: readonly CoreRequest[];
  /** Addresses of the peers that it has authenticated, from either side; none while it is stopped. */
  connected(): Promise<readonly string[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
