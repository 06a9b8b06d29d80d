import { splitCertificates } from "./splitCertificates.ts";

export interface TrustInput {
  /** What the API server trusts now: each webhook's caBundle, in PEM. */
  readonly bundles: readonly string[];
  /** The CA of the certificate that this replica has, in PEM. */
  readonly own: string;
  /** When certificates that are not its own were first seen, by their PEM; monotonic milliseconds. */
  readonly seen: ReadonlyMap<string, number>;
  readonly now: number;
}

export interface TrustPlan {
  /** What the API server shall trust. */
  readonly bundle: string;
  readonly seen: ReadonlyMap<string, number>;
}

/** Milliseconds: the kubelet brings a mounted Secret to all replicas within 90 s. */
const overlap = 600_000;

/**
 * This replica's CA, and for ten minutes whichever else is trusted: another replica may still serve a certificate of the
 * CA before, or already one of the CA to come.
 */
export function planTrust({ bundles, own, seen, now }: TrustInput): TrustPlan {
  const mine = splitCertificates(own);
  const others = [...new Set(bundles.flatMap(splitCertificates))].filter((one) => !mine.includes(one));
  const current = new Map(others.map((one) => [one, seen.get(one) ?? now]));
  const kept = others.filter((one) => now - (current.get(one) ?? now) < overlap);
  return { bundle: [...mine, ...kept.toSorted()].join(""), seen: current };
}
