import type { ApiAnswer } from "./ApiAnswer.ts";

/** Asks the HTTP server of a pod for a path. Rejects with the API server's refusal where it can't be reached. */
export type PodProxy = (
  pod: { readonly namespace: string; readonly name: string; readonly port: number },
  path: string,
  signal: AbortSignal,
) => Promise<ApiAnswer>;
