/** What an agent of bench/agents says. */
export interface AgentWord {
  readonly agent: number;
  readonly event: "discovery.synced" | "document.received" | "leader.acquired";
  /** Of the document that it holds now. */
  readonly revision?: unknown;
}
