import type { BinarySet } from "./BinarySet.ts";

/** The programs of a control plane for tests. */
export const controlPlaneBinaries: BinarySet = {
  folder: "control-plane",
  assets: true,
  modules: [
    { directory: "etcd", binaries: [{ name: "etcd", package: "go.etcd.io/etcd/server/v3" }], expected: 40 },
    {
      directory: "kubernetes",
      binaries: [
        { name: "kube-apiserver", package: "k8s.io/kubernetes/cmd/kube-apiserver" },
        { name: "kubectl", package: "k8s.io/kubernetes/cmd/kubectl" },
      ],
      expected: 280,
    },
    { directory: "helm", binaries: [{ name: "helm", package: "helm.sh/helm/v4/cmd/helm" }], expected: 110 },
  ],
};
