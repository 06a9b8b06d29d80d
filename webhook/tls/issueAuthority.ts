import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { certificateAlgorithm } from "./certificateAlgorithm.ts";
import type { SigningPair } from "./CertificateAuthority.ts";
import { generatePair } from "./generatePair.ts";

const day = 86_400_000;
const lifetime = 365 * day;
/** Clocks of replicas and of the API server may be a day apart. */
const backdated = 2 * day;

/**
 * A new CA, valid for a year from `now` (milliseconds since 1970) and for the two days before. Each has a name of its
 * own: a verifier that holds several then never tries the wrong one.
 */
export async function issueAuthority(now: number): Promise<SigningPair> {
  return generatePair(async (keys) =>
    X509CertificateGenerator.createSelfSigned(
      {
        serialNumber: randomBytes(16).toString("hex"),
        name: `CN=stellar-peer-discovery CA ${randomBytes(4).toString("hex")}`,
        keys,
        notBefore: new Date(now - backdated),
        notAfter: new Date(now + lifetime),
        signingAlgorithm: certificateAlgorithm,
        extensions: [
          new BasicConstraintsExtension(true, 0, true),
          new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
          await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        ],
      },
      webcrypto,
    ),
  );
}
