const shared = ["stellar-peers"];

/**
 * What the API server notes for the judgement: each write of the list, its copies, the Lease and StellarNodes, with its
 * outcome.
 */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived", "ResponseStarted"],
  rules: [
    {
      level: "RequestResponse",
      verbs: ["create", "update", "patch", "delete"],
      resources: [
        { group: "", resources: ["configmaps"], resourceNames: shared },
        { group: "coordination.k8s.io", resources: ["leases"], resourceNames: shared },
        { group: "stellar.org", resources: ["stellarnodes"] },
      ],
    },
    { level: "RequestResponse", verbs: ["create"], resources: [{ group: "", resources: ["configmaps"] }] },
    { level: "None" },
  ],
} as const;
