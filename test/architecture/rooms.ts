/** A room: a folder, and the rooms that its files may import from besides their own. */
export interface Room {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

/** From the most particular folder to the most general: a file belongs to the first that holds it. */
export const rooms: readonly Room[] = [
  { folder: "contract", mayImport: [] },
  { folder: "runtime", mayImport: [] },
  { folder: "kube", mayImport: ["contract", "runtime"] },
  { folder: "agent/discover", mayImport: ["contract", "runtime", "kube", "agent"] },
  { folder: "agent/publish", mayImport: ["contract", "runtime", "kube", "agent"] },
  { folder: "agent/apply", mayImport: ["contract", "runtime", "kube", "agent", "agent/core"] },
  { folder: "agent/core", mayImport: ["contract", "runtime"] },
  {
    folder: "agent/status",
    mayImport: ["contract", "runtime", "kube", "agent", "agent/discover", "agent/publish", "agent/apply"],
  },
  {
    folder: "agent",
    mayImport: [
      "contract",
      "runtime",
      "kube",
      "agent/discover",
      "agent/publish",
      "agent/apply",
      "agent/core",
      "agent/status",
    ],
  },
  { folder: "webhook/inject", mayImport: ["contract"] },
  { folder: "webhook/admission", mayImport: ["contract", "runtime", "kube", "webhook/inject"] },
  { folder: "webhook/tls", mayImport: ["contract", "runtime", "kube", "webhook"] },
  { folder: "webhook/provision", mayImport: ["contract", "runtime", "kube", "webhook", "webhook/inject"] },
  {
    folder: "webhook",
    mayImport: [
      "contract",
      "runtime",
      "kube",
      "webhook/inject",
      "webhook/admission",
      "webhook/tls",
      "webhook/provision",
    ],
  },
  { folder: "cli", mayImport: ["contract", "runtime", "kube", "webhook/inject"] },
];
