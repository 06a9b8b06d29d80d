import { ApiError } from "../kube/ApiError.ts";
import { ConfigurationError } from "../runtime/ConfigurationError.ts";

function advice({ status }: ApiError): string {
  if (status === 401) return "sign in again, or choose another file with --kubeconfig";
  if (status === 403) return "run this as somebody with that right, or ask for it";
  if (status === 404) return "check the name and the namespace";
  if (status === 0) return "check that the API server can be reached: kubectl cluster-info";
  return "try again";
}

/** What went wrong and what to do next, a sentence for each mistake. */
export function describeFailure(error: unknown): readonly string[] {
  if (error instanceof ConfigurationError) return error.problems;
  if (error instanceof ApiError) return [`the API server: ${error.message}; ${advice(error)}`];
  return [error instanceof Error ? error.message : String(error)];
}
