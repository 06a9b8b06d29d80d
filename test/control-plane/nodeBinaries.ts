import type { BinarySet } from "./BinarySet.ts";

const path = "k8s.io/kubernetes/cmd";

/** What a whole cluster of one node needs beside its control plane; a module of its own, as only `npm run e2e` does. */
export const nodeBinaries: BinarySet = {
  folder: "node",
  assets: false,
  modules: [
    {
      directory: "node",
      binaries: ["kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy"].map((name) => ({
        name,
        package: `${path}/${name}`,
      })),
      expected: 130,
    },
  ],
};
