import { createHash } from "node:crypto";

/**
 * The ConfigMap key of one network's list: `peers.NETWORK.txt`.
 * A ConfigMap key allows letters, digits, `-`, `_` and `.` only (Kubernetes 1.37, ConfigMap.data): where the name
 * holds anything else, or is long, that is replaced and a hash is added, so that two networks never share a key.
 */
export function networkFileName(network: string): string {
  const safe = network.replaceAll(/[^-._a-zA-Z0-9]/g, "-").slice(0, 100);
  if (safe === network) return `peers.${safe}.txt`;
  const hash = createHash("sha256").update(network).digest("hex").slice(0, 8);
  return `peers.${safe}-${hash}.txt`;
}
