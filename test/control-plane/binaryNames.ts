/** The programs of a control plane for tests. */
export const binaryNames = ["etcd", "kube-apiserver", "kubectl", "helm"] as const;

export type BinaryName = (typeof binaryNames)[number];
