/** Something that goes wrong, and how it ends if it lasts. */
export interface Fault {
  readonly what: string;
  readonly begin: () => void | Promise<void>;
  readonly end?: () => void | Promise<void>;
}
