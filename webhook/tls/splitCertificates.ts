const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a text, each in PEM with a line feed at its end. */
export function splitCertificates(pem: string): readonly string[] {
  return (pem.match(block) ?? []).map((certificate) => `${certificate}\n`);
}
