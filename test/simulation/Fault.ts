/** Something that goes wrong, and how it ends if it lasts. */
export interface Fault {
  readonly what: string;
  /** Milliseconds that it lasts at most, where that is not as long as others. */
  readonly longest?: number;
  readonly begin: () => void | Promise<void>;
  readonly end?: () => void | Promise<void>;
}
