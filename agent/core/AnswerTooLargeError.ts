/** Core sent more than any Core sends; the connection was closed. */
export class AnswerTooLargeError extends Error {
  override readonly name = "AnswerTooLargeError";

  constructor(limit: number) {
    super(`an answer of more than ${limit} bytes`);
  }
}
