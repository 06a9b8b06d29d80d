import { names } from "../../contract/names.ts";

/** The shared objects of the simulated cluster, by reference. */
export const peersObjects = {
  configMap: { apiVersion: "v1", kind: "ConfigMap", namespace: names.namespace, name: names.configMap },
  lease: {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    namespace: names.namespace,
    name: names.lease,
  },
} as const;
