import type { CertificateAuthority } from "./CertificateAuthority.ts";

/** All that the API server is to trust, in PEM, the CA that signs now first. */
export function trustBundle({ signing, next, previous }: CertificateAuthority): string {
  return [signing.certificate, ...(next ? [next.certificate] : []), ...previous]
    .map((certificate) => `${certificate.trimEnd()}\n`)
    .join("");
}
