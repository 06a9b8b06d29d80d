import type { Log } from "../../runtime/Log.ts";
import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { AdmissionRequest } from "./AdmissionReview.ts";

function podName(object: unknown): string {
  const metadata = (object as { metadata?: { name?: unknown; generateName?: unknown } } | null | undefined)
    ?.metadata;
  if (typeof metadata?.name === "string") return metadata.name;
  return typeof metadata?.generateName === "string" ? `${metadata.generateName}*` : "";
}

/** One line for each decision; at level debug when a pod comes by a second time, as after other webhooks' changes. */
export function logDecision(log: Log, request: AdmissionRequest, decision: InjectionDecision): void {
  const name = podName(request.object);
  const about = {
    target: `${request.namespace}/${name}`,
    uid: request.uid,
    ...(request.dryRun ? { dryRun: true } : {}),
    ...(decision.warnings.length > 0 ? { warnings: decision.warnings } : {}),
  };
  if (decision.action === "inject") {
    log.info({ event: "pod.injected", ...about, mode: decision.mode }, `${about.target} gets a peer agent`);
    return;
  }
  const { action, reason, detail } = decision;
  const event = action === "reject" ? "pod.rejected" : "pod.skipped";
  const line = { event, ...about, reason } as const;
  const sentence = `${about.target} gets no peer agent: ${detail}`;
  if (reason === "already-injected") log.debug(line, sentence);
  else if (decision.warnings.length > 0 || action === "reject") log.warn(line, sentence);
  else log.info(line, sentence);
}
