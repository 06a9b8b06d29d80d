import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";

/** The labels by which the provisioner of this peers' namespace finds what it made. */
export function ownLabels(peersNamespace: string): Readonly<Record<string, string>> {
  return { [labels.managedBy]: names.manager, [labels.provisionedFor]: peersNamespace };
}
