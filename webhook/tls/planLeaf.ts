import type { CertificateAuthority } from "./CertificateAuthority.ts";
import { certificateLife } from "./certificateLife.ts";
import type { ServingLeaf } from "./ServingLeaf.ts";

export type LeafPlan =
  | { readonly action: "keep" }
  | { readonly action: "issue"; readonly reason: "first" | "renewal" | "new authority" };

/**
 * Whether another leaf is due: the first at once, one in the place of an ageing one when two thirds of its life are
 * over, and one by another CA as soon as the API server trusts that CA (`trusted`), not before, unless there is
 * nothing to lose. `now`: milliseconds since 1970.
 */
export function planLeaf(
  leaf: ServingLeaf | undefined,
  authority: CertificateAuthority,
  trusted: boolean,
  now: number,
): LeafPlan {
  if (!leaf) return { action: "issue", reason: "first" };
  const { renewAt, notAfter, notBefore } = certificateLife(leaf.certificate);
  const sameAuthority = leaf.authority === authority.signing.certificate;
  const useless = now >= notAfter || now < notBefore;
  if (!sameAuthority && !trusted && !useless) return { action: "keep" };
  if (!sameAuthority) return { action: "issue", reason: "new authority" };
  return now >= renewAt || useless ? { action: "issue", reason: "renewal" } : { action: "keep" };
}
