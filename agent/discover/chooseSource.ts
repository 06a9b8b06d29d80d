export type SourceName = "stellarnodes" | "endpointslices";

export interface SourceFacts {
  readonly configured: SourceName | "auto";
  /** The source that the picture comes from now. */
  readonly current: SourceName | undefined;
  /** StellarNodes are served and followed at this moment. */
  readonly nodesServed: boolean;
  /** Milliseconds for which every answer about StellarNodes was a definite 404; undefined when the last was not. */
  readonly missingFor: number | undefined;
  /** The sources that have a complete picture. */
  readonly ready: Readonly<Record<SourceName, boolean>>;
}

export interface SourceChoice {
  /** The source to follow, so that it can get ready. */
  readonly wanted: SourceName | undefined;
  /** The source that the picture comes from: never one that is not ready, unless it was used before. */
  readonly used: SourceName | undefined;
  readonly reason: string;
}

/** Milliseconds: a CRD that is replaced or an API server that starts answers 404 for a while. */
const confirmation = 60_000;

function want(facts: SourceFacts): { readonly wanted: SourceName | undefined; readonly reason: string } {
  const { configured, current, nodesServed, missingFor } = facts;
  if (configured !== "auto") return { wanted: configured, reason: "configured" };
  if (nodesServed) return { wanted: "stellarnodes", reason: "StellarNodes are served" };
  if (missingFor === undefined) return { wanted: current, reason: "nothing is known about StellarNodes" };
  if (current !== "stellarnodes") return { wanted: "endpointslices", reason: "StellarNodes are not served" };
  if (missingFor > confirmation)
    return { wanted: "endpointslices", reason: "StellarNodes are not served any more" };
  return { wanted: current, reason: "StellarNodes may have gone" };
}

/**
 * Which source to use. `auto` takes StellarNodes when they are served; those gone, the old picture is kept until the
 * absence is definite and the other source has a complete picture of its own. Errors other than 404 decide nothing.
 */
export function chooseSource(facts: SourceFacts): SourceChoice {
  const { wanted, reason } = want(facts);
  const used = wanted !== undefined && facts.ready[wanted] ? wanted : facts.current;
  return { wanted, used, reason };
}
