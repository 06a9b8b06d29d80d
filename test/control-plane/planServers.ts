import { join } from "node:path";
import type { SupervisedPlan } from "./SupervisedPlan.ts";

export interface ServerPorts {
  readonly etcdClient: number;
  readonly etcdPeer: number;
  readonly server: number;
}

export interface ServerFiles {
  /** Where they keep theirs. */
  readonly directory: string;
  readonly binaries: string;
  /** Paths of an audit policy and of the log that it fills. */
  readonly audit?: { readonly policy: string; readonly log: string };
}

/** The command lines of etcd and kube-apiserver for tests: durable in nothing, strict in everything else. */
export function planServers({ directory, binaries, audit }: ServerFiles, ports: ServerPorts): SupervisedPlan {
  const etcdUrl = `http://127.0.0.1:${ports.etcdClient}`;
  const peerUrl = `http://127.0.0.1:${ports.etcdPeer}`;
  const etcd = [
    "--name=test",
    `--data-dir=${join(directory, "etcd")}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=test=${peerUrl}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
  const server = [
    `--etcd-servers=${etcdUrl}`,
    `--cert-dir=${join(directory, "certificates")}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${ports.server}`,
    "--endpoint-reconciler-type=none",
    `--service-account-key-file=${join(directory, "service-accounts.pub")}`,
    `--service-account-signing-key-file=${join(directory, "service-accounts.key")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--authorization-mode=RBAC,Node",
    `--token-auth-file=${join(directory, "tokens.csv")}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    "--allow-privileged=true",
    "--profiling=false",
    ...(audit ? [`--audit-policy-file=${audit.policy}`, `--audit-log-path=${audit.log}`] : []),
  ];
  return {
    directory,
    servers: [
      { name: "etcd", file: join(binaries, "etcd"), args: etcd },
      { name: "kube-apiserver", file: join(binaries, "kube-apiserver"), args: server },
    ],
  };
}
