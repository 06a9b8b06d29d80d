import { applyPatch } from "rfc6902";
import type { InjectionDecision } from "../../../webhook/inject/InjectionDecision.ts";

/** The pod as the API server makes it out of a decision, by an RFC 6902 implementation that is not ours. */
export function patchPod(pod: unknown, decision: InjectionDecision): unknown {
  const copy = structuredClone(pod);
  if (decision.action !== "inject") return copy;
  const failures = applyPatch(copy, structuredClone([...decision.patch])).filter(
    (failure) => failure !== null,
  );
  if (failures.length > 0) throw new AggregateError(failures, "the patch does not fit the pod");
  return copy;
}
