import { ApiError } from "../../kube/ApiError.ts";
import type { PodProxy } from "../memory-api/PodProxy.ts";

/** On a Stage the containers of pods are processes of this machine, and listen on its loopback interface. */
export const loopbackPodProxy: PodProxy = async ({ name, port }, path, signal) => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, document: json ? (JSON.parse(text) as unknown) : text };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ApiError({
      status: 503,
      reason: "ServiceUnavailable",
      message: `error trying to reach pod ${name}: ${cause}`,
    });
  }
};
