/** Where a running control plane is and how to use it: what one process hands on to another. */
export interface RunningControlPlane {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** Folder of the binaries. */
  readonly binaries: string;
  /** Folder that goes away with it. */
  readonly directory: string;
}
