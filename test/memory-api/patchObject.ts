import type { Patch } from "../../kube/Patch.ts";
import type { JsonObject } from "./JsonObject.ts";
import { isJsonObject } from "./isJsonObject.ts";
import { jsonPatch } from "./jsonPatch.ts";
import { mergePatch } from "./mergePatch.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";
import { strategicPatch } from "./strategicPatch.ts";

/** What a patch, other than server-side apply, makes of an object. Throws the server's refusals. */
export function patchObject(
  { apiVersion, custom }: ResourceType,
  object: JsonObject,
  patch: Exclude<Patch, { readonly type: "apply" }>,
): JsonObject {
  if (patch.type === "json") return asObject(jsonPatch(object, patch.body));
  if (!isJsonObject(patch.body)) throw refusals.badRequest("a patch must be an object");
  if (patch.type === "merge") return asObject(mergePatch(object, patch.body));
  if (custom)
    throw refusals.unsupportedMediaType(
      "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
    );
  return strategicPatch(object, patch.body, apiVersion);
}

function asObject(value: unknown): JsonObject {
  if (!isJsonObject(value) || !isJsonObject(value["metadata"]))
    throw refusals.unprocessable("nothing is left of the object");
  return value;
}
