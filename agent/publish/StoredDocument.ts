import type { Revision } from "../../contract/Revision.ts";

/** What the ConfigMap holds, as far as it can be read. */
export interface StoredDocument {
  readonly resourceVersion: string;
  readonly data: Readonly<Record<string, string>>;
  readonly binaryKeys: readonly string[];
  /** Undefined when it is not EPOCH.SEQUENCE. */
  readonly revision: Revision | undefined;
  /** The epoch that fences: the annotation's, or the revision's where there is no readable annotation; or 0. */
  readonly epoch: number;
  readonly hash: string | undefined;
  /** Validators listed; undefined when peers.json is no list. */
  readonly count: number | undefined;
  /** True when there is data that no agent left like this: peers.json does not have the hash annotated. */
  readonly foreign: boolean;
  /** The field manager that wrote it last, besides the agents; `unknown` where the object does not say. */
  readonly otherWriter: string;
}
