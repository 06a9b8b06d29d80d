import "reflect-metadata";
import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { certificateAlgorithm } from "./certificateAlgorithm.ts";
import type { SigningPair } from "./CertificateAuthority.ts";
import { generatePair } from "./generatePair.ts";

const day = 86_400_000;
const lifetime = 7 * day;
/** Clocks may be a day apart. */
const backdated = 25 * 3_600_000;

/**
 * A serving certificate for `names` (DNS names and IP addresses), signed by the CA: valid for seven days from `now`
 * (milliseconds since 1970), and no longer than the CA.
 */
export async function issueLeaf(
  authority: SigningPair,
  names: readonly string[],
  now: number,
): Promise<SigningPair> {
  const issuer = new X509Certificate(authority.certificate);
  const der = createPrivateKey(authority.privateKey).export({ type: "pkcs8", format: "der" });
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, certificateAlgorithm, false, ["sign"]);
  return generatePair(async (keys) =>
    X509CertificateGenerator.create(
      {
        serialNumber: randomBytes(16).toString("hex"),
        subject: "CN=stellar-peer-discovery",
        issuer: issuer.subject,
        publicKey: keys.publicKey,
        signingKey,
        notBefore: new Date(now - backdated),
        notAfter: new Date(Math.min(now + lifetime, issuer.notAfter.getTime())),
        signingAlgorithm: certificateAlgorithm,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          await AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
          new SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
          ),
        ],
      },
      webcrypto,
    ),
  );
}
