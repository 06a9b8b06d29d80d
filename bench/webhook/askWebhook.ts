import { request } from "node:https";
import type { LoadTarget } from "./load/LoadConnection.ts";

/** A webhook's answer to one review, over a connection of its own. Rejects when there is none in 10 s. */
export async function askWebhook({ port, path, ca }: LoadTarget, review: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(10_000);
    const options = { host: "127.0.0.1", port, path, ca, headers, signal, method: "POST", agent: false };
    const outgoing = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(text));
      response.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(review);
  });
}
