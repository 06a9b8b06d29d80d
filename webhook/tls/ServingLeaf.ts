import type { SigningPair } from "./CertificateAuthority.ts";

/** The certificate that is served, and the certificate of the CA that signed it, in PEM. */
export interface ServingLeaf extends SigningPair {
  readonly authority: string;
}
