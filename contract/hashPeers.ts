import { createHash } from "node:crypto";

/** SHA-256 of the bytes of peers.json, in hex: the value of the annotation `hash`. */
export function hashPeers(peersJson: string): string {
  return createHash("sha256").update(peersJson).digest("hex");
}
