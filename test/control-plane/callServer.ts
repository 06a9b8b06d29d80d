import { request } from "node:https";

export interface ServerCall {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
}

export interface ServerAnswer {
  readonly status: number;
  readonly text: string;
}

/** One call to the API server, independent of the client under test. Rejects when there is no answer in 10 s. */
export async function callServer(call: ServerCall): Promise<ServerAnswer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${call.token}`,
      accept: "application/json",
      "content-type": "application/json",
    };
    const { method, ca } = call;
    const signal = AbortSignal.timeout(10_000);
    const outgoing = request(new URL(call.path, call.url), { method, headers, ca, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body));
  });
}
