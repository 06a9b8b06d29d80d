import { resourceNames } from "../../kube/resourceNames.ts";
import type { ResourceType } from "./ResourceType.ts";

type Traits = Partial<ResourceType>;

function type(apiVersion: string, kind: string, traits: Traits = {}): ResourceType {
  const plural = resourceNames[kind];
  if (plural === undefined) throw new Error(`no path is known for ${kind}`);
  const usual = { namespaced: true, shortNames: [], names: "subdomain", custom: false } as const;
  const flags = { hasStatus: false, hasGeneration: false, needsVersion: false };
  return { apiVersion, kind, plural, ...usual, ...flags, ...traits };
}

const clusterWide = { namespaced: false } as const;
const controlled = { hasStatus: true, hasGeneration: true } as const;
const configuration = { namespaced: false, hasGeneration: true, needsVersion: true } as const;
const rights = { names: "segment" } as const;
const apps = "apps/v1";
const rbac = "rbac.authorization.k8s.io/v1";
const admission = "admissionregistration.k8s.io/v1";

/** Every kind that this project touches, with what a real 1.37 server does differently for each. */
export const resourceTypes: readonly ResourceType[] = [
  type("v1", "ConfigMap", { shortNames: ["cm"] }),
  type("v1", "Event", { shortNames: ["ev"] }),
  type("v1", "Namespace", {
    ...clusterWide,
    names: "label",
    hasStatus: true,
    needsVersion: true,
    shortNames: ["ns"],
  }),
  type("v1", "Node", { ...clusterWide, hasStatus: true, shortNames: ["no"] }),
  type("v1", "Pod", { ...controlled, shortNames: ["po"] }),
  type("v1", "Secret"),
  type("v1", "Service", { names: "label", hasStatus: true, shortNames: ["svc"] }),
  type("v1", "ServiceAccount", { shortNames: ["sa"] }),
  type(apps, "Deployment", { ...controlled, shortNames: ["deploy"] }),
  type(apps, "ReplicaSet", { ...controlled, shortNames: ["rs"] }),
  type(apps, "StatefulSet", { ...controlled, shortNames: ["sts"] }),
  type("batch/v1", "Job", controlled),
  type("discovery.k8s.io/v1", "EndpointSlice", { hasGeneration: true }),
  type("coordination.k8s.io/v1", "Lease", { needsVersion: true }),
  type("networking.k8s.io/v1", "NetworkPolicy", { hasGeneration: true, shortNames: ["netpol"] }),
  type("policy/v1", "PodDisruptionBudget", { ...controlled, needsVersion: true, shortNames: ["pdb"] }),
  type(rbac, "Role", rights),
  type(rbac, "RoleBinding", rights),
  type(rbac, "ClusterRole", { ...clusterWide, ...rights }),
  type(rbac, "ClusterRoleBinding", { ...clusterWide, ...rights }),
  type(admission, "MutatingWebhookConfiguration", configuration),
  type(admission, "ValidatingAdmissionPolicy", { ...configuration, hasStatus: true }),
  type(admission, "ValidatingAdmissionPolicyBinding", configuration),
  type("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
    ...configuration,
    hasStatus: true,
    shortNames: ["crd", "crds"],
  }),
  type("stellar.org/v1alpha1", "StellarNode", {
    ...controlled,
    needsVersion: true,
    custom: true,
    shortNames: ["sn"],
  }),
];
