/** One peer, as an agent reports it. */
export interface ReportedPeer {
  readonly namespace: string;
  readonly name: string;
  readonly peerString: string;
  /** Core should have a connection with it. */
  readonly planned: boolean;
  /** As in the agent's `/status`. */
  readonly state: string;
}

/** What an agent says of itself at `/status`, as far as it is shown here. Absent: not known to it yet. */
export interface AgentReport {
  readonly version: string;
  readonly leading: boolean;
  readonly network?: string;
  readonly seen?: string;
  readonly applied?: string;
  readonly confirmed?: string;
  readonly core: { readonly verdict: string; readonly reason: string; readonly detail: string };
  readonly peers: readonly ReportedPeer[];
  readonly lastError?: string;
}
