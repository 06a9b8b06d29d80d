/** An answer as it came over HTTP. */
export interface CoreAnswer {
  readonly status: number;
  readonly body: string;
}
