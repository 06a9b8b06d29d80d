import type { Patch } from "./Patch.ts";

/** The content type that tells the server how to read a patch. */
export const patchContentTypes: Readonly<Record<Patch["type"], string>> = {
  strategic: "application/strategic-merge-patch+json",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  // JSON is YAML; only from 1.34 on is there a JSON type of its own for it.
  apply: "application/apply-patch+yaml",
};
