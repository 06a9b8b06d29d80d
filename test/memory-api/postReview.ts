import { request as startRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { MutatingWebhook } from "./MutatingWebhook.ts";

export interface AdmissionResponse {
  readonly uid?: string;
  readonly allowed?: boolean;
  readonly patchType?: string;
  /** A JSON patch in base64. */
  readonly patch?: string;
  readonly status?: { readonly code?: number; readonly reason?: string; readonly message?: string };
}

/** Sends an AdmissionReview by HTTPS, trusting the webhook's caBundle alone. Rejects when there is no usable answer. */
export async function postReview(
  { clientConfig }: MutatingWebhook,
  review: { readonly request: { readonly uid: string } },
  signal: AbortSignal,
): Promise<AdmissionResponse> {
  const { url, caBundle } = clientConfig;
  if (url === undefined) throw new Error("no endpoints available for service: none can be reached from here");
  const ca = caBundle === undefined ? {} : { ca: Buffer.from(caBundle, "base64") };
  const answer = await post(url, ca, JSON.stringify(review), signal);
  const { response } = JSON.parse(answer) as { readonly response?: AdmissionResponse };
  if (response?.uid !== review.request.uid)
    throw new Error(`expected response.uid=${review.request.uid}, got ${response?.uid ?? "none"}`);
  return response;
}

function post(
  url: string,
  tls: { readonly ca?: Buffer },
  body: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const outgoing = startRequest(
      url,
      { ...tls, method: "POST", headers, agent: false, signal },
      (incoming) => {
        text(incoming).then((answer) => {
          if (incoming.statusCode === 200) resolve(answer);
          else reject(new Error(`the webhook answered ${incoming.statusCode}`));
        }, reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
