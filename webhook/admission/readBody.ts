/**
 * Reads a request's body, or gives `undefined` if it has more than `limit` bytes. Such a body is read to its end all the
 * same, and dropped: a client that is still sending would otherwise see a reset and not the answer. Rejects when it is
 * `patience` times the limit.
 */
export async function readBody(
  stream: AsyncIterable<Buffer>,
  limit: number,
  patience = 8,
): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limit * patience) throw new Error(`the body has more than ${limit * patience} bytes`);
    if (length <= limit) chunks.push(chunk);
    else chunks = [];
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
