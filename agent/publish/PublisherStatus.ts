import type { WithholdReason } from "./planPublication.ts";

/** Why nothing is published at present. */
export type WaitReason = WithholdReason | "no-picture" | "no-configmap";

/** The Publisher's part of `/status`. */
export interface PublisherStatus {
  /** While leading. */
  readonly epoch?: number;
  /** The stored revision as last seen while leading. */
  readonly revision?: string;
  /** Own last write, RFC 3339. */
  readonly writtenAt?: string;
  readonly withheld?: { readonly reason: WaitReason; readonly detail: string };
  /** While leading, until something succeeds. */
  readonly lastError?: string;
  /** Field manager of whoever wrote the ConfigMap besides the agents. */
  readonly otherWriter?: string;
}

/** Fields to change; one that is undefined goes. */
export type PublisherStatusChange = {
  readonly [Field in keyof PublisherStatus]: PublisherStatus[Field] | undefined;
};
