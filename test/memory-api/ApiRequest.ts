/** One request to the API server, whatever carried it. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As text; empty where there is none. */
  readonly body: string;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}
