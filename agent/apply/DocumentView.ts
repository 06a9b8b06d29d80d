import type { PeerDocument } from "../../contract/PeerDocument.ts";

/** `api`: the watched ConfigMap. `file`: the mounted directory. */
export type DocumentSource = "api" | "file";

/** A document that came in by one of the two ways. */
export interface IncomingDocument {
  readonly document: PeerDocument;
  /** Milliseconds of the clock's monotonic(), when this content was first seen. */
  readonly receivedAt: number;
}

export interface SourcedDocument extends IncomingDocument {
  readonly source: DocumentSource;
}

/** One way in, for `/status`. */
export interface IncomingStatus {
  readonly revision: string | undefined;
  /** SHA-256 of its peers.json, in hex: two revisions of the same validators have the same. */
  readonly hash: string | undefined;
  /** Why the newest content was refused; undefined when it was not. */
  readonly refusal: { readonly reason: string; readonly detail: string } | undefined;
}

export interface DocumentsStatus {
  readonly source: DocumentSource | undefined;
  /** Milliseconds for which the other way has not brought the document that counts; 0 when it has. */
  readonly behind: number;
  readonly api: IncomingStatus & {
    /** Milliseconds since the watch last proved to be alive; null before it ever was. */
    readonly age: number | null;
  };
  readonly file: IncomingStatus;
}

/** How the applier sees what is published, by whichever way it came. */
export interface DocumentView {
  /** The document that counts now. */
  current(): SourcedDocument | undefined;
  status(): DocumentsStatus;
}
