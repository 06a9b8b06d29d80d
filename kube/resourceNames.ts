/**
 * The name in paths of each kind that this project touches; no discovery is asked for at run time. The group and
 * version stand in the apiVersion; whether a namespace belongs in the path follows from the address.
 */
export const resourceNames: Readonly<Record<string, string>> = {
  ClusterRole: "clusterroles",
  ClusterRoleBinding: "clusterrolebindings",
  ConfigMap: "configmaps",
  CustomResourceDefinition: "customresourcedefinitions",
  Deployment: "deployments",
  EndpointSlice: "endpointslices",
  Event: "events",
  Job: "jobs",
  Lease: "leases",
  MutatingWebhookConfiguration: "mutatingwebhookconfigurations",
  Namespace: "namespaces",
  NetworkPolicy: "networkpolicies",
  Node: "nodes",
  Pod: "pods",
  PodDisruptionBudget: "poddisruptionbudgets",
  ReplicaSet: "replicasets",
  Role: "roles",
  RoleBinding: "rolebindings",
  Secret: "secrets",
  SelfSubjectAccessReview: "selfsubjectaccessreviews",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  StatefulSet: "statefulsets",
  StellarNode: "stellarnodes",
  SubjectAccessReview: "subjectaccessreviews",
  ValidatingAdmissionPolicy: "validatingadmissionpolicies",
  ValidatingAdmissionPolicyBinding: "validatingadmissionpolicybindings",
};
