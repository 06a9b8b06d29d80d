import { hashPeers } from "../../contract/hashPeers.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import type { PeerDocument } from "../../contract/PeerDocument.ts";
import type { PeerDocumentRefusal } from "../../contract/parsePeerDocument.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { DocumentSource, IncomingDocument, IncomingStatus } from "./DocumentView.ts";

export interface IncomingContentOptions {
  readonly source: DocumentSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ApplyMetrics;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

type Data = Readonly<Record<string, string | undefined>>;

/**
 * What one way in has brought: the last good document, whatever comes after it. Content that is refused is logged and
 * counted once, not each time it is looked at again.
 */
export class IncomingContent {
  readonly #options: IncomingContentOptions;
  #seen: string | undefined;
  #current: IncomingDocument | undefined;
  #refusal: PeerDocumentRefusal | undefined;

  constructor(options: IncomingContentOptions) {
    this.#options = options;
  }

  current(): IncomingDocument | undefined {
    return this.#current;
  }

  /** Takes the data as it stands now; true when it is a good document other than the last. */
  take(data: Data): boolean {
    const { peersJson, revision } = configMapKeys;
    if (this.#isKnown(data[revision], hashPeers(data[peersJson] ?? "none"))) return false;
    const parsed = parsePeerDocument(data);
    if (!parsed.ok) {
      this.#refuse({ reason: parsed.reason, detail: parsed.detail });
      return false;
    }
    this.#accept(parsed.document);
    return true;
  }

  /** Takes a document that needs no reading; true when it is another than the last. */
  takeDocument(document: PeerDocument): boolean {
    if (this.#isKnown(formatRevision(document.revision), document.hash)) return false;
    this.#accept(document);
    return true;
  }

  #isKnown(revision: string | undefined, hash: string): boolean {
    const key = `${revision ?? "none"} ${hash}`;
    if (key === this.#seen) return true;
    this.#seen = key;
    return false;
  }

  #accept(document: PeerDocument): void {
    const { clock, log, metrics, source } = this.#options;
    this.#refusal = undefined;
    metrics.documentRefused(source, undefined);
    this.#current = { document, receivedAt: clock.monotonic() };
    metrics.documentReceived(source);
    log.debug(
      {
        event: "document.received",
        source,
        revision: formatRevision(document.revision),
        hash: document.hash,
      },
      `a document with ${document.peers.length} peers came in by ${source}`,
    );
  }

  status(): IncomingStatus {
    return {
      revision: this.#current ? formatRevision(this.#current.document.revision) : undefined,
      hash: this.#current?.document.hash,
      refusal: this.#refusal,
    };
  }

  #refuse(refusal: PeerDocumentRefusal): void {
    const { events, log, metrics, source } = this.#options;
    this.#refusal = refusal;
    metrics.documentRejected(source, refusal.reason);
    metrics.documentRefused(source, refusal.reason);
    const note = `the document from the ${source} is not used: ${refusal.detail}; ${this.#current ? "the last good one stays" : "there is none yet"}`;
    log.warn({ event: "document.rejected", source, reason: refusal.reason }, note);
    events?.record({ type: "Warning", reason: "PeersRefused", action: "Read", note });
  }
}
