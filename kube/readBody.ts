import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { TransportResponse } from "./Transport.ts";

/** The body with what it is packed in taken off; errors of the source come through. */
function unpacked({ headers, body }: TransportResponse): Readable {
  if (headers["content-encoding"] !== "gzip") return body;
  const gunzip = createGunzip();
  body.on("error", (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

/** The whole body as text. Rejects, and gives the rest up, beyond `limit` bytes. */
export async function readBody(response: TransportResponse, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked(response) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw new RangeError(`the answer is longer than ${limit} bytes`);
      chunks.push(chunk);
    }
  } finally {
    response.body.destroy();
  }
  return Buffer.concat(chunks).toString("utf8");
}
