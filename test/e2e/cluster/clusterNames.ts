/** Names of what a run makes; all of it carries the label, by which the next run finds what this one left. */
export const clusterNames = {
  label: "peer-discovery-e2e",
  release: "peer-discovery-e2e",
  /** Of webhook, list and Lease. */
  system: "peer-discovery-e2e",
  validators: "peer-discovery-e2e-validators",
  /** Of a validator whose NetworkPolicy keeps its agent from the API server. */
  cut: "peer-discovery-e2e-cut",
  registry: "localhost",
  tag: "e2e",
  /** Of the agent's image after an upgrade. */
  nextTag: "e2e-next",
} as const;
