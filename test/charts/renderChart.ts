import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ControlPlane } from "../control-plane/ControlPlane.ts";

const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));

export interface Rendering {
  readonly release?: string;
  readonly namespace?: string;
  /** `path=value`, as `--set` takes it. */
  readonly values?: readonly string[];
  readonly kubeVersion?: string;
}

/** The chart as `helm template` prints it, and its objects. Rejects with helm's complaint. */
export async function renderChart(
  { helm }: Pick<ControlPlane, "helm">,
  {
    release = "stellar-peer-discovery",
    namespace = "stellar-system",
    values = [],
    kubeVersion,
  }: Rendering = {},
): Promise<{ readonly text: string; readonly objects: readonly KubeObject[] }> {
  const text = await helm([
    "template",
    release,
    chart,
    "--namespace",
    namespace,
    ...(kubeVersion === undefined ? [] : ["--kube-version", kubeVersion]),
    ...values.flatMap((value) => ["--set", value]),
  ]);
  const objects = parseAllDocuments(text).flatMap((document) => (document.toJS() as KubeObject | null) ?? []);
  return { text, objects };
}
