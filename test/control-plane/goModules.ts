import type { BinaryName } from "./binaryNames.ts";

export interface GoModule {
  /** Folder in `modules/`, whose go.mod and go.sum pin what is built. */
  readonly directory: string;
  readonly binaries: readonly { readonly name: BinaryName; readonly package: string }[];
  /** Seconds that the first build took on two cores, downloads included: what a person is told to expect. */
  readonly expected: number;
}

/** What the control plane is built from, in the order of its building. */
export const goModules: readonly GoModule[] = [
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
];
