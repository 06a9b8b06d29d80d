import type { Installation } from "./Installation.ts";
import { matchesSelector } from "../../kube/matchesSelector.ts";
import type { Observed } from "./Observed.ts";

/** The release whose webhook a namespace with these labels comes to, else any. */
export function chooseInstallation(
  installations: Observed<readonly Installation[]>,
  labels: Readonly<Record<string, string>>,
): Installation | undefined {
  const all = installations.state === "seen" ? installations.value : [];
  return all.find(({ entry }) => matchesSelector(labels, entry.namespaceSelector)) ?? all[0];
}
