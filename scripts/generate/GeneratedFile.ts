/** A file that is made from another one and committed. */
export interface GeneratedFile {
  readonly path: string;
  readonly source: string;
  readonly content: string;
}
