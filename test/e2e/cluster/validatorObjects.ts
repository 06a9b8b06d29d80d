import { knownPassphrases } from "../../../contract/knownPassphrases.ts";
import { clusterNames } from "./clusterNames.ts";

export interface ValidatorOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
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

/** A validator's container, as the operator writes it, with what the fake Core wants to know. */
export function validatorPodSpec(image: string, runFor?: number): object {
  return {
    securityContext: podLevel,
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: "stellar-node",
        image,
        imagePullPolicy: "IfNotPresent",
        securityContext: containerLevel,
        env: [
          { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          { name: "NETWORK_PASSPHRASE", value: knownPassphrases.get("testnet") ?? "" },
          ...(runFor === undefined ? [] : [{ name: "RUN_FOR", value: String(runFor) }]),
        ],
        ports: [
          { name: "peer", containerPort: 11_625 },
          { name: "http", containerPort: 11_626 },
        ],
      },
    ],
  };
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
export function validatorObjects({ namespace, name, image, suspended }: ValidatorOptions): readonly object[] {
  const labels = operatorLabels(name);
  const metadata = { namespace, name, labels };
  const selector = { "app.kubernetes.io/instance": name };
  return [
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
        template: { metadata: { labels }, spec: validatorPodSpec(image) },
      },
    },
  ];
}
