/** What a fake Core sends back, or does instead. */
export type FakeAnswer =
  | {
      readonly kind: "answer";
      readonly status: 200 | 302 | 404;
      readonly contentType: string;
      readonly body: string;
      readonly location?: string;
    }
  /** Takes the request and never answers. */
  | { readonly kind: "hang" }
  /** Breaks the connection. */
  | { readonly kind: "reset" }
  /** Sends for as long as somebody reads, up to 100 MB. */
  | { readonly kind: "huge" };
