import type { Document } from "yaml";

/** A stretch of a YAML stream. The sources of all parts, one after the other, are the stream. */
export interface ManifestPart {
  readonly source: string;
  /** Of the stream, from 1: where it begins. */
  readonly line: number;
  /** Absent: comments, directives and document ends between documents. */
  readonly document?: Document.Parsed;
  /** The document as plain data that shares nothing. */
  readonly value?: unknown;
}
