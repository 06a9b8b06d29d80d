import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Claims } from "./Claims.ts";

/** One file of examples/. */
export interface Example {
  readonly file: string;
  readonly objects: readonly { readonly object: KubeObject; readonly claims: Claims }[];
}
