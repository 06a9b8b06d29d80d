import { hashPeers } from "../../contract/hashPeers.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
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
    const key = hashPeers(`${data[revision] ?? "none"}\n${data[peersJson] ?? "none"}`);
    if (key === this.#seen) return false;
    this.#seen = key;
    const parsed = parsePeerDocument(data);
    if (!parsed.ok) {
      this.#refuse({ reason: parsed.reason, detail: parsed.detail });
      return false;
    }
    const { clock, log, metrics, source } = this.#options;
    const { document } = parsed;
    this.#refusal = undefined;
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
    return true;
  }

  status(): IncomingStatus {
    return {
      revision: this.#current ? formatRevision(this.#current.document.revision) : undefined,
      refusal: this.#refusal,
    };
  }

  #refuse(refusal: PeerDocumentRefusal): void {
    const { events, log, metrics, source } = this.#options;
    this.#refusal = refusal;
    metrics.documentRejected(source, refusal.reason);
    const note = `the document from the ${source} is not used: ${refusal.detail}; ${this.#current ? "the last good one stays" : "there is none yet"}`;
    log.warn({ event: "document.rejected", source, reason: refusal.reason }, note);
    events?.record({ type: "Warning", reason: "PeersRefused", action: "Read", note });
  }
}
