import { labels } from "../../contract/labels.ts";

/** An AdmissionReview of a validator's pod, as the operator makes it, whose pod has at least `bytes` bytes as JSON. */
export function makeReview(bytes: number): Buffer {
  const environment: { readonly name: string; readonly value: string }[] = [];
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "validator-0",
      labels: { [labels.nodeType]: "Validator", "app.kubernetes.io/name": "stellar-node" },
    },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 10_000, fsGroup: 10_000 },
      containers: [
        {
          name: "stellar-node",
          image: "registry.example/stellar-core:1",
          ports: [
            { name: "peer", containerPort: 11_625 },
            { name: "http", containerPort: 11_626 },
          ],
          env: environment,
          resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { memory: "4Gi" } },
        },
      ],
    },
    // As the API server writes each pod.
    status: {},
  };
  while (JSON.stringify(pod).length < bytes)
    environment.push({ name: `SETTING_${environment.length}`, value: "a value of the usual length" });
  const request = {
    uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
    kind: { group: "", version: "v1", kind: "Pod" },
    namespace: "validators",
    operation: "CREATE",
    object: pod,
    oldObject: null,
    dryRun: false,
  };
  return Buffer.from(JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request }));
}
