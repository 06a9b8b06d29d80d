/** A block of commands as the documentation shows it. */
export interface CommandBlock {
  readonly page: string;
  /** Of its first command. */
  readonly line: number;
  readonly commands: string;
  /** What the page says that a reader sees. */
  readonly sees: readonly string[];
  /** `network` or `cluster` (nodes, controllers), where it can't run on an API server alone. */
  readonly needs: string | undefined;
}
