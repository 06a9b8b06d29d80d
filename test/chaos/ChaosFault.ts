/** Something that is done to a cluster, and how it is undone if it lasts. */
export interface ChaosFault {
  readonly kind: string;
  readonly what: string;
  readonly begin: () => void | Promise<void>;
  readonly end?: () => void | Promise<void>;
  /** Milliseconds that it lasts at most; 8,000 unless told otherwise. */
  readonly longest?: number;
}
