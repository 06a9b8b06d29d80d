import type { Finding } from "../findings/Finding.ts";
import { isInjected } from "./isInjected.ts";
import type { LeaderStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";

export interface ReadLeader {
  readonly leader?: LeaderStatus;
  readonly findings: readonly Finding[];
}

/** Seconds, where the Lease says nothing: client-go's. */
const usualDuration = 15;

function finding(observation: StatusObservation, isSilent: boolean, detail: string): Finding {
  const { pods, peersNamespace, peersLease } = observation;
  const isEmpty = pods.state === "seen" && !pods.value.some(isInjected);
  return {
    severity: isEmpty ? "note" : "problem",
    code: isSilent ? "leader-silent" : "leader-missing",
    detail: `Lease ${peersNamespace}/${peersLease} ${detail}`,
    action: isEmpty
      ? "an agent takes it once there is one: enable a namespace with validators"
      : "look into the agents' logs: kubectl -n NAMESPACE logs POD -c peer-agent",
  };
}

/** Which agent is elected, and whether it shows itself. */
export function readLeader(observation: StatusObservation): ReadLeader {
  const { lease, now, peersNamespace, peersLease } = observation;
  if (lease.state === "unknown") {
    const detail = `Lease ${peersNamespace}/${peersLease}: ${lease.detail}`;
    return { findings: [{ severity: "note", code: "not-visible", detail }] };
  }
  if (lease.state === "absent") return { findings: [finding(observation, false, "does not exist")] };
  const {
    holderIdentity: holder = "",
    renewTime,
    leaseDurationSeconds,
    leaseTransitions,
  } = lease.value.spec ?? {};
  const renewed = Date.parse(renewTime ?? "");
  const seconds = Number.isNaN(renewed) ? undefined : Math.max(0, Math.round((now - renewed) / 1000));
  const leader = {
    holder,
    epoch: leaseTransitions ?? 0,
    ...(seconds === undefined ? {} : { secondsSinceRenewal: seconds }),
  };
  if (holder === "") return { leader, findings: [finding(observation, false, "has no holder")] };
  if (seconds === undefined || seconds > (leaseDurationSeconds ?? usualDuration)) {
    const detail = `was last renewed ${seconds === undefined ? "never" : `${seconds} s ago`} by ${holder}`;
    return { leader, findings: [finding(observation, true, detail)] };
  }
  return { leader, findings: [] };
}
