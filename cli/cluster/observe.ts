import { ApiError } from "../../kube/ApiError.ts";
import type { Observed } from "./Observed.ts";

/**
 * What a call brought. A 404 is knowledge; a 403 is a lack of it that others needn't suffer from. Rejects on anything
 * else: then the cluster can't be asked at all.
 */
export async function observe<T>(call: Promise<T>): Promise<Observed<T>> {
  try {
    return { state: "seen", value: await call };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 404) return { state: "absent" };
    if (error.status === 403) return { state: "unknown", detail: error.message };
    throw error;
  }
}
