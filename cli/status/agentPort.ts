import { names } from "../../contract/names.ts";
import { readRecord } from "../readRecord.ts";
import type { StatusPod } from "./StatusObservation.ts";

const usual = 11_627;

/** The port of a pod's agent: its liveness probe has it, also where the pod is on its node's network. */
export function agentPort({ spec }: StatusPod): number {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const agent = readRecord(containers.find(({ name }) => name === names.container));
  const port = readRecord(readRecord(agent?.["livenessProbe"])?.["httpGet"])?.["port"];
  return typeof port === "number" ? port : usual;
}
