import type { CertificateAuthority } from "./CertificateAuthority.ts";
import { certificateLife } from "./certificateLife.ts";

export type AuthorityPlan = "keep" | "stage" | "promote";

const day = 86_400_000;
/** Milliseconds for which the next CA is in every caBundle before it signs: time enough for each replica to see it. */
const staged = day;
/** Certificates are issued with their beginning two days back (issueAuthority). */
const backdated = 2 * day;

/**
 * Rotation of the CA in two steps, each of them a write of the Secret: when two thirds of its life are over the next one
 * is staged, and trusted; a day later it signs, while the old one stays trusted until it runs out. So no replica ever
 * serves a leaf that the API server does not trust. `now`: milliseconds since 1970.
 */
export function planAuthority({ signing, next }: CertificateAuthority, now: number): AuthorityPlan {
  if (next && now >= certificateLife(next.certificate).notBefore + backdated + staged) return "promote";
  return !next && now >= certificateLife(signing.certificate).renewAt ? "stage" : "keep";
}
