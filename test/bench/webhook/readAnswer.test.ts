import assert from "node:assert/strict";
import { it } from "node:test";
import { readAnswer } from "../../../bench/webhook/load/readAnswer.ts";

const plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const chunked =
  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nb\r\n, webhook!!\r\n0\r\n\r\n";

function read(text: string): { status: number; body: string } | undefined {
  const answer = readAnswer(Buffer.from(text));
  return answer && { status: answer.status, body: answer.body.toString() };
}

it("a body of a known length is read", () => {
  assert.deepEqual(read(plain), { status: 200, body: "hello" });
});

it("a chunked body is read", () => {
  assert.deepEqual(read(chunked), { status: 200, body: "hello, webhook!!" });
});

it("an answer is none as long as a byte of it is missing", () => {
  for (const text of [plain, chunked])
    for (let length = 0; length < text.length; length += 1)
      assert.equal(read(text.slice(0, length)), undefined, `after ${length} bytes`);
});

it("an answer that ends its connection is an error, as the calls after it would be lost", () => {
  assert.throws(() => read("HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n"), /503 ends its connection/);
});
