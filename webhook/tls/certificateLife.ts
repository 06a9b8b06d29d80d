import { X509Certificate } from "node:crypto";

export interface CertificateLife {
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** When two thirds of its life are over. */
  readonly renewAt: number;
}

/** From when to when a certificate in PEM is valid. Throws when it is none. */
export function certificateLife(certificate: string): CertificateLife {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  const [notBefore, notAfter] = [validFromDate.getTime(), validToDate.getTime()];
  return { notBefore, notAfter, renewAt: notBefore + ((notAfter - notBefore) * 2) / 3 };
}
