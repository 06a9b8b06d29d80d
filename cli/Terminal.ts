/** What a command has of its process. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** All of standard input, as text. */
  readStdin(): Promise<string>;
  /** The result and nothing else. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Somebody sees standard output as it is written. */
  readonly interactive: boolean;
  /** Aborts when the process is asked to end; from the first call on, that is all that happens then. */
  interrupted(): AbortSignal;
}
