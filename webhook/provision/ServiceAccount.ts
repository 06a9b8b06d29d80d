/** The service account that an injected pod runs as. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}
