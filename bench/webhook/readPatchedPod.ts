import { applyPatch, type Operation } from "rfc6902";
import type { PatchedPod } from "./PatchedPod.ts";

interface Answer {
  readonly response?: { readonly patchType?: string; readonly patch?: string };
}

/**
 * The pod of a review as the API server makes it out of a webhook's answer, both as JSON, without the annotation by which
 * pepr marks what it changed. Throws when there is no patch, or none that fits.
 */
export function readPatchedPod(review: string, answer: string): PatchedPod {
  const { patchType, patch } = (JSON.parse(answer) as Answer).response ?? {};
  if (patchType !== "JSONPatch" || patch === undefined) throw new Error(`no patch: ${answer.slice(0, 500)}`);
  const { object } = (JSON.parse(review) as { readonly request: { readonly object: PatchedPod } }).request;
  const operations = JSON.parse(Buffer.from(patch, "base64").toString()) as Operation[];
  const failures = applyPatch(object, operations).filter((failure) => failure !== null);
  if (failures.length > 0) throw new AggregateError(failures, "the patch does not fit the pod");
  delete object.metadata.annotations?.["bench.pepr.dev/injector"];
  return object;
}
