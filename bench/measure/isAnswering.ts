import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";

/** Whether a GET of `url` is answered 200 within a second; `ca` in PEM where that is HTTPS. */
export async function isAnswering(url: string, ca?: string): Promise<boolean> {
  const options = { agent: false, signal: AbortSignal.timeout(1000), ...(ca !== undefined && { ca }) };
  return new Promise((resolve) => {
    const request = (url.startsWith("https:") ? getSecure : getPlain)(url, options, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode === 200));
      response.once("error", () => resolve(false));
    });
    request.once("error", () => resolve(false));
  });
}
