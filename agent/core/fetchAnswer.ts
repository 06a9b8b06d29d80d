import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { AnswerTooLargeError } from "./AnswerTooLargeError.ts";
import type { CoreAnswer } from "./CoreAnswer.ts";

/** `/peers` of a Core with all its 572 slots taken is under 300 KiB. */
const maxBytes = 1024 * 1024;

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new AnswerTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * One GET on a connection of its own, as Core's HTTP/1.0 server wants it. Redirects are not followed, proxies of the
 * environment not used. Rejects with an AnswerTooLargeError over 1 MiB, else with the socket's error or the signal's
 * AbortError; the connection is closed in any case.
 */
export async function fetchAnswer(url: URL, signal: AbortSignal): Promise<CoreAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = request(url, { agent: false, signal, headers: { connection: "close" } }, resolve);
    call.once("error", reject);
    call.end();
  });
  try {
    return { status: response.statusCode ?? 0, body: await readBody(response) };
  } finally {
    response.destroy();
  }
}
