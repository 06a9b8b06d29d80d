/**
 * The version of a published document: `EPOCH.SEQUENCE`.
 * The epoch is the Lease's leaseTransitions under which it was written; the sequence grows by one a write.
 */
export interface Revision {
  readonly epoch: number;
  readonly sequence: number;
}
