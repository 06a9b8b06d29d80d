/** A kind that this client has no path for: a mistake in the program, not of the server. */
export class UnknownKindError extends Error {
  override readonly name = "UnknownKindError";
  readonly kind: string;

  constructor(kind: string) {
    super(`no path is known for objects of kind ${kind}`);
    this.kind = kind;
  }
}
