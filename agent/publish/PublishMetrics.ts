import type { WaitReason } from "./PublisherStatus.ts";

/** What the Publisher counts. */
export interface PublishMetrics {
  /** A document was written; `peers` validators in it. */
  written(peers: number): void;
  /** A document is not published, for this reason (a code); once each time that begins. */
  withheld(reason: WaitReason): void;
  /** For what reason nothing is published at present; undefined when there is none. Told over and over. */
  withholding(reason: WaitReason | undefined): void;
  /** A read or write failed and is tried again. */
  failed(): void;
  /** Somebody else wrote between our read and our write. */
  conflict(): void;
  /** The server refused the document (403 or 422). */
  refused(): void;
  /** Another writer's data was replaced by ours. */
  restored(): void;
}
