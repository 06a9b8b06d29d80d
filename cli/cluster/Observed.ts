/** What a look at the cluster brought: something, the knowledge that there is nothing, or no knowledge. */
export type Observed<T> =
  | { readonly state: "seen"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly detail: string };
