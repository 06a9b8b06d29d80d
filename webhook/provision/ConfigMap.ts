import type { KubeObject } from "../../kube/KubeObject.ts";

/** The parts of a ConfigMap (core/v1) that are copied. */
export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}
