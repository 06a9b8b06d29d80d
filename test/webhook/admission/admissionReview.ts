const validator = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "validator-0", labels: { "stellar.org/node-type": "Validator" } },
  spec: { containers: [{ name: "stellar-node", image: "registry.example/stellar-core:1" }] },
};

/** An AdmissionReview as the API server sends it, with these changes to its request. */
export function admissionReview(request: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
      kind: { group: "", version: "v1", kind: "Pod" },
      resource: { group: "", version: "v1", resource: "pods" },
      namespace: "validators",
      operation: "CREATE",
      userInfo: { username: "system:serviceaccount:kube-system:statefulset-controller" },
      object: validator,
      oldObject: null,
      dryRun: false,
      ...request,
    },
  };
}
