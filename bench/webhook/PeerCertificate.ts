import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueAuthority } from "../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../webhook/tls/issueLeaf.ts";

/** A certificate for 127.0.0.1 of the kind that the webhook makes for itself, for its peers. */
export class PeerCertificate {
  /** With tls.crt and tls.key. */
  readonly directory: string;
  /** PEM. */
  readonly ca: string;

  private constructor(directory: string, ca: string) {
    this.directory = directory;
    this.ca = ca;
  }

  static async issue(directory: string): Promise<PeerCertificate> {
    const authority = await issueAuthority(Date.now());
    const leaf = await issueLeaf(authority, ["127.0.0.1"], Date.now());
    await writeFile(join(directory, "tls.crt"), leaf.certificate);
    await writeFile(join(directory, "tls.key"), leaf.privateKey, { mode: 0o600 });
    return new PeerCertificate(directory, authority.certificate);
  }
}
