import { labels } from "../../contract/labels.ts";
import type { Addition } from "./Addition.ts";
import type { PatchedPod } from "./PatchedPod.ts";

type Strings = Readonly<Record<string, string>>;

function added(before: Strings = {}, after: Strings = {}): Strings {
  return Object.fromEntries(Object.entries(after).filter(([name]) => !Object.hasOwn(before, name)));
}

/** What a webhook added to the pod of a review, which is JSON. */
export function readAddition(review: string, after: PatchedPod): Addition {
  const before = (JSON.parse(review) as { readonly request: { readonly object: PatchedPod } }).request.object;
  return {
    selector: { [labels.nodeType]: "Validator" },
    labels: added(before.metadata.labels, after.metadata.labels),
    annotations: added(before.metadata.annotations, after.metadata.annotations),
    volumes: (after.spec.volumes ?? []).slice(before.spec.volumes?.length ?? 0),
    container: after.spec.containers.at(-1),
  };
}
