import type { DocumentSource } from "./DocumentView.ts";

/** What one look at Core found, for gauges. */
export interface ApplyGauges {
  readonly healthy: boolean;
  readonly source: DocumentSource | undefined;
  /** Peers of the plan, and how many of them are connected. */
  readonly planned: number;
  readonly connected: number;
  readonly heldBack: number;
  /** Milliseconds for which the other way in has not brought the document that counts. */
  readonly behind: number;
}

/** What the apply room counts. Made by somebody who knows a metrics library. */
export interface ApplyMetrics {
  /** A new good document came in. */
  documentReceived(source: DocumentSource): void;
  /** A document was refused; once for each distinct content. */
  documentRejected(source: DocumentSource, reason: string): void;
  /** Why what lies there now is refused; undefined when it is a good document. */
  documentRefused(source: DocumentSource, reason: string | undefined): void;
  /** Core was asked for a config-reload. */
  reloaded(result: "accepted" | "unsupported" | "failed"): void;
  /** Core was asked to connect to one peer. */
  dialed(result: "asked" | "failed"): void;
  /** Milliseconds from when a document came in until Core was connected as planned. */
  confirmed(milliseconds: number): void;
  looked(gauges: ApplyGauges): void;
}
