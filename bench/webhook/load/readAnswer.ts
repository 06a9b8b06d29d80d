export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const headEnd = Buffer.from("\r\n\r\n");
const lineEnd = Buffer.from("\r\n");

/** The parts of a chunked body and where it ends; undefined while some of it is missing. Trailers are not known. */
function readChunks(bytes: Buffer, start: number): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf(lineEnd, at);
    if (line === -1) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (Number.isNaN(size)) throw new Error("the answer's chunks can't be read");
    const end = line + 2 + size;
    if (bytes.length < end + 2) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(line + 2, end));
    at = end + 2;
  }
}

/**
 * Reads one answer of HTTP/1.1 to a POST; undefined while some of it is missing. As little as a load generator can do
 * with: what it spends is not there for the server beside it. Throws for an answer that ends its connection.
 */
export function readAnswer(bytes: Buffer): HttpAnswer | undefined {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  if (head.includes("\r\nconnection: close")) throw new Error(`an answer ${status} ends its connection`);
  const [, length] = /\r\ncontent-length: *(\d+)/.exec(head) ?? [];
  if (length === undefined) {
    const body = readChunks(bytes, end + 4);
    return body && { status, body };
  }
  const body = bytes.subarray(end + 4, end + 4 + Number(length));
  return body.length === Number(length) ? { status, body } : undefined;
}
