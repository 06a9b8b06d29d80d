/** Names of what a run makes; all of it carries the label, by which the next run finds what this one left. */
export const clusterNames = {
  label: "peer-discovery-e2e",
  release: "peer-discovery-e2e",
  /** Of webhook, list and Lease. */
  system: "peer-discovery-e2e",
  validators: "peer-discovery-e2e-validators",
  registry: "localhost",
  tag: "e2e",
} as const;
