import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Secret } from "./authoritySecret.ts";
import type { CertificateAuthority, SigningPair } from "./CertificateAuthority.ts";
import { splitCertificates } from "./splitCertificates.ts";

export type AuthorityReading =
  | { readonly ok: true; readonly authority: CertificateAuthority }
  | { readonly ok: false; readonly problem: string };

function text(secret: Secret, key: string): string {
  return Buffer.from(secret.data?.[key] ?? "", "base64").toString("utf8");
}

function readPair(secret: Secret, name: string): SigningPair {
  const pair = { certificate: text(secret, `${name}.crt`), privateKey: text(secret, `${name}.key`) };
  const certificate = new X509Certificate(pair.certificate);
  if (!certificate.ca) throw new Error(`${name}.crt is not a CA's`);
  if (!certificate.checkPrivateKey(createPrivateKey(pair.privateKey)))
    throw new Error(`${name}.key does not belong to ${name}.crt`);
  return pair;
}

/** The CA in a Secret, or what is wrong with it. What can't be read of `next` and `previous` counts as absent. */
export function readAuthority(secret: Secret, now: number): AuthorityReading {
  try {
    const signing = readPair(secret, "tls");
    const until = new X509Certificate(signing.certificate).validToDate;
    if (until.getTime() <= now) return { ok: false, problem: `it ran out on ${until.toISOString()}` };
    return { ok: true, authority: { signing, next: readNext(secret), previous: readPrevious(secret, now) } };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function readNext(secret: Secret): SigningPair | undefined {
  try {
    return readPair(secret, "next");
  } catch {
    return undefined;
  }
}

function readPrevious(secret: Secret, now: number): readonly string[] {
  return splitCertificates(text(secret, "previous.crt")).filter((certificate) => {
    try {
      return new X509Certificate(certificate).validToDate.getTime() > now;
    } catch {
      return false;
    }
  });
}
