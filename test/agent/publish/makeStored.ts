import { annotations } from "../../../contract/annotations.ts";
import { hashPeers } from "../../../contract/hashPeers.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import type { ConfigMap } from "../../../agent/publish/ConfigMap.ts";

/** The ConfigMap as an agent leaves it under `EPOCH.SEQUENCE`. */
export function makeStored(peers: readonly Peer[], revision: string): ConfigMap {
  const data: Readonly<Record<string, string>> = { ...renderPeers(peers), revision };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "stellar-peers",
      namespace: "stellar-system",
      resourceVersion: "1",
      annotations: {
        [annotations.epoch]: revision.split(".")[0] ?? "",
        [annotations.holder]: "validators/v000-0/uid",
        [annotations.hash]: hashPeers(data["peers.json"] ?? ""),
      },
    },
    data,
  };
}
