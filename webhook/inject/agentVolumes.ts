import { names } from "../../contract/names.ts";

export interface AgentVolume {
  readonly name: string;
  readonly [source: string]: unknown;
}

/** Seconds; the kubelet renews a token at four fifths of its life. */
const tokenLifetime = 3600;

/**
 * The volumes of the agent: the peers, and a service-account token for it alone, which also serves pods with
 * automountServiceAccountToken false. Being mounted where Kubernetes mounts its own, no second one is added. All that can
 * be is optional: a pod starts without them.
 */
export function agentVolumes(peersConfigMap: string): readonly AgentVolume[] {
  return [
    { name: names.peersVolume, configMap: { name: peersConfigMap, optional: true } },
    {
      name: names.tokenVolume,
      projected: {
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: tokenLifetime } },
          {
            configMap: {
              name: "kube-root-ca.crt",
              items: [{ key: "ca.crt", path: "ca.crt" }],
              optional: true,
            },
          },
          { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
        ],
      },
    },
  ];
}
