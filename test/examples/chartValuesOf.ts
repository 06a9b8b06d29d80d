import type { KubeObject } from "../../kube/KubeObject.ts";

type Release = KubeObject & {
  readonly spec?: {
    readonly values?: unknown;
    readonly source?: { readonly helm?: { readonly valuesObject?: unknown } };
  };
};

/** The values that an Application or a HelmRelease gives the chart; undefined for anything else. */
export function chartValuesOf({ kind, spec }: Release): unknown {
  if (kind === "Application") return spec?.source?.helm?.valuesObject;
  return kind === "HelmRelease" ? spec?.values : undefined;
}
