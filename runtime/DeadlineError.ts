/** A call was not answered in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.milliseconds = milliseconds;
  }
}
