import type { KubeObject } from "../../kube/KubeObject.ts";

function definition(group: string, version: string, kind: string): KubeObject {
  const plural = kind === "GitRepository" ? "gitrepositories" : `${kind.toLowerCase()}s`;
  const schema = {
    openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  };
  const resource = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
  return resource;
}

/** The resources of Argo CD and Flux that the examples use, without their schemas. */
export const gitopsDefinitions: readonly KubeObject[] = [
  definition("argoproj.io", "v1alpha1", "Application"),
  definition("source.toolkit.fluxcd.io", "v1", "GitRepository"),
  definition("helm.toolkit.fluxcd.io", "v2", "HelmRelease"),
];
