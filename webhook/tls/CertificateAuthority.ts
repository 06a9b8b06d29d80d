/** A certificate and its key, in PEM. */
export interface SigningPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** The CA that the replicas share, as it stands in its Secret. */
export interface CertificateAuthority {
  /** Signs leaves now. */
  readonly signing: SigningPair;
  /** Will sign from the next rotation on; is trusted already. */
  readonly next: SigningPair | undefined;
  /** Certificates that once signed and have not run out, in PEM. */
  readonly previous: readonly string[];
}
