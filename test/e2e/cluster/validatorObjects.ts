import { knownPassphrases } from "../../../contract/knownPassphrases.ts";
import { clusterNames } from "./clusterNames.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";

interface PodSpec {
  readonly [field: string]: unknown;
  readonly containers: readonly object[];
}

export interface ValidatorOptions {
  readonly namespace: string;
  readonly name: string;
  readonly core: ValidatorCore;
  readonly suspended?: boolean;
}

const podLevel = {
  runAsNonRoot: true,
  runAsUser: 10_000,
  runAsGroup: 10_000,
  fsGroup: 10_000,
  seccompProfile: { type: "RuntimeDefault" },
};

const containerLevel = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** The labels that the operator gives a validator's objects. */
function operatorLabels(name: string): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": "stellar-node",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "validator",
    "app.kubernetes.io/managed-by": "stellar-operator",
    "stellar.org/node-type": "Validator",
    "stellar-network": "testnet",
    [clusterNames.label]: "true",
  };
}

/** What a real Core needs beside its image: its configuration, and a volume that outlives its pod. */
const realCore = {
  container: {
    workingDir: "/data",
    // An existing database must not be made anew.
    command: [
      "sh",
      "-c",
      'core="stellar-core --conf /config/stellar-core.cfg"; [ -f stellar.db ] || $core new-db; exec $core run',
    ],
    volumeMounts: [
      { name: "config", mountPath: "/config", readOnly: true },
      { name: "data", mountPath: "/data" },
    ],
  },
  volumes: (name: string) => [{ name: "config", secret: { secretName: `${name}-core` } }],
  claim: {
    metadata: { name: "data" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "256Mi" } } },
  },
};

/** A validator's pod, as the operator writes it, with what the fake Core wants to know. */
export function validatorPodSpec(name: string, core: ValidatorCore): PodSpec {
  const real = core.configuration !== undefined;
  return {
    securityContext: podLevel,
    terminationGracePeriodSeconds: 30,
    ...(real && { volumes: realCore.volumes(name) }),
    containers: [
      {
        name: "stellar-node",
        image: core.image,
        imagePullPolicy: "IfNotPresent",
        securityContext: containerLevel,
        ...(real && realCore.container),
        env: [
          { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          { name: "NETWORK_PASSPHRASE", value: knownPassphrases.get("testnet") ?? "" },
        ],
        ports: [
          { name: "peer", containerPort: 11_625 },
          { name: "http", containerPort: 11_626 },
        ],
      },
    ],
  };
}

function secret(namespace: string, name: string, configuration: string): object {
  const metadata = { namespace, name: `${name}-core`, labels: { [clusterNames.label]: "true" } };
  return { apiVersion: "v1", kind: "Secret", metadata, stringData: { "stellar-core.cfg": configuration } };
}

function networkPolicySpec(name: string): object {
  return {
    podSelector: { matchLabels: { "app.kubernetes.io/instance": name } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ ports: [{ port: 11_625 }] }, { ports: [{ port: 11_627 }] }],
    egress: [{ ports: [{ port: 53, protocol: "UDP" }, { port: 53 }] }, { ports: [{ port: 11_625 }] }],
  };
}

/** What stands on the cluster for one validator: its StellarNode, and what the operator makes of it. */
export function validatorObjects({ namespace, name, core, suspended }: ValidatorOptions): readonly object[] {
  const labels = operatorLabels(name);
  const metadata = { namespace, name, labels };
  const selector = { "app.kubernetes.io/instance": name };
  const configuration = core.configuration?.(name);
  return [
    ...(configuration === undefined ? [] : [secret(namespace, name, configuration)]),
    {
      apiVersion: "stellar.org/v1alpha1",
      kind: "StellarNode",
      metadata: { ...metadata, labels: { "project-id": "e2e", owner: "e2e", [clusterNames.label]: "true" } },
      spec: {
        nodeType: "Validator",
        network: "testnet",
        version: "v27.1.0",
        suspended: suspended === true,
        validatorConfig: { seedSecretRef: `${name}-seed` },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: {
        selector,
        ports: [
          { name: "peer", port: 11_625 },
          { name: "http", port: 11_626 },
        ],
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { ...metadata, name: `${name}-netpol` },
      spec: networkPolicySpec(name),
    },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata,
      spec: {
        serviceName: name,
        replicas: suspended === true ? 0 : 1,
        selector: { matchLabels: selector },
        template: { metadata: { labels }, spec: validatorPodSpec(name, core) },
        ...(core.configuration && { volumeClaimTemplates: [realCore.claim] }),
      },
    },
  ];
}
