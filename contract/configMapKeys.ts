/** Keys of the ConfigMap, which are also the names of the mounted files. */
export const configMapKeys = {
  peersJson: "peers.json",
  peersTxt: "peers.txt",
  peerCount: "peer_count",
  revision: "revision",
} as const;
