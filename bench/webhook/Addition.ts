/** What a pod of a validator gets, as data for peers that make the same patch. */
export interface Addition {
  /** Labels that such a pod has. */
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly volumes: readonly unknown[];
  readonly container: unknown;
}
