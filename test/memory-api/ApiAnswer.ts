/** A document, or the lines of a watch, each JSON without its end. */
export type ApiAnswer =
  | { readonly status: number; readonly document: unknown }
  | { readonly status: 200; readonly lines: AsyncIterable<string> };
