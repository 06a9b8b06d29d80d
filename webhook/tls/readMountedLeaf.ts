import { createPrivateKey, X509Certificate } from "node:crypto";
import { certificateLife } from "./certificateLife.ts";
import type { ServingLeaf } from "./ServingLeaf.ts";
import { splitCertificates } from "./splitCertificates.ts";

/** The keys of a Secret of type kubernetes.io/tls, as cert-manager fills it; undefined where one is missing. */
export interface MountedPair {
  readonly certificate: string | undefined;
  readonly privateKey: string | undefined;
  readonly authority: string | undefined;
}

export type MountedLeafReading =
  { readonly ok: true; readonly leaf: ServingLeaf } | { readonly ok: false; readonly problem: string };

function refuse(problem: string): MountedLeafReading {
  return { ok: false, problem };
}

/**
 * A serving certificate out of mounted files, or what is wrong with them. `now`: milliseconds since 1970. The CA's
 * certificate must be there: without it nobody could tell the API server whom to trust.
 */
export function readMountedLeaf(pair: MountedPair, now: number): MountedLeafReading {
  const { certificate, privateKey, authority } = pair;
  if (certificate === undefined || privateKey === undefined)
    return refuse("tls.crt and tls.key are not there yet: see whether the Certificate has been issued");
  const authorities = splitCertificates(authority ?? "");
  if (authorities.length === 0)
    return refuse(
      "ca.crt is missing: the issuer must be one that gives its CA, such as a CA or SelfSigned issuer",
    );
  try {
    const leaf = new X509Certificate(certificate);
    if (!leaf.checkPrivateKey(createPrivateKey(privateKey)))
      return refuse("tls.key does not belong to tls.crt: they are being replaced");
    if (leaf.validToDate.getTime() <= now)
      return refuse(`tls.crt ran out on ${leaf.validToDate.toISOString()}`);
    // Throws where one is no certificate.
    for (const one of authorities) certificateLife(one);
    return { ok: true, leaf: { certificate, privateKey, authority: authorities.join("") } };
  } catch (error) {
    return refuse(`they can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
