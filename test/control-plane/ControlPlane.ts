import type { KubeConnection } from "../../kube/KubeConnection.ts";

/** A real kube-apiserver on etcd, as one test file sees it. There is no controller, scheduler or kubelet with it. */
export interface ControlPlane {
  /** Why there is none, for the `skip` of a suite; then everything else throws. False when it is there. */
  readonly skip: string | false;
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  /** The certificate authority of `url`, as PEM. */
  readonly ca: string;
  /** The bearer token of a member of `system:masters`. */
  readonly token: string;
  /** Path of a kubeconfig with that token. */
  readonly kubeconfig: string;
  /** The servers' own folder: their logs, and with an audit policy `audit.log`. */
  readonly directory: string;
  readonly adminConnection: KubeConnection;
  /** What this file's namespaces begin with, unlike that of any other file or run. */
  readonly prefix: string;
  /** A connection as somebody else. */
  readonly connection: (token: string) => KubeConnection;
  /** Creates the namespace `PREFIX-SUFFIX` with its service account `default`, and returns its name. */
  readonly namespace: (suffix: string, labels?: Readonly<Record<string, string>>) => Promise<string>;
  /** Runs kubectl as administrator; resolves with what it printed, rejects with what it complained of. */
  readonly kubectl: (args: readonly string[], stdin?: string) => Promise<string>;
  /** Runs helm in the same way. */
  readonly helm: (args: readonly string[]) => Promise<string>;
  /** Ends what was started for this file alone; called by itself when the file's tests have ended. */
  readonly close: () => Promise<void>;
}
