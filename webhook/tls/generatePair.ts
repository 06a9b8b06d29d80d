import "reflect-metadata";
import { webcrypto, type webcrypto as crypto } from "node:crypto";
import { type X509Certificate, PemConverter } from "@peculiar/x509";
import { certificateAlgorithm } from "./certificateAlgorithm.ts";
import type { SigningPair } from "./CertificateAuthority.ts";

/** A new key pair and the certificate that `issue` makes for it. */
export async function generatePair(
  issue: (keys: crypto.CryptoKeyPair) => Promise<X509Certificate>,
): Promise<SigningPair> {
  const keys = await webcrypto.subtle.generateKey(certificateAlgorithm, true, ["sign", "verify"]);
  const certificate = await issue(keys);
  const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: `${certificate.toString("pem")}\n`,
    privateKey: `${PemConverter.encode(der, "PRIVATE KEY")}\n`,
  };
}
