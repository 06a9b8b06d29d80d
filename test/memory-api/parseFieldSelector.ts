import type { KubeObject } from "../../kube/KubeObject.ts";
import { isJsonObject } from "./isJsonObject.ts";
import { refusals } from "./refusals.ts";

const term = /^([A-Za-z0-9.]+)(==|=|!=)(.*)$/;

export interface FieldSelector {
  /** Of the one object that is asked for by its name. */
  readonly name?: string;
  readonly fits: (object: KubeObject) => boolean;
}

/** What a field selector demands. Any field can be asked for, which a real server allows for a few only. */
export function parseFieldSelector(selector: string): FieldSelector {
  const terms = selector
    .split(",")
    .filter((text) => text !== "")
    .map(parseTerm);
  const named = terms.find(({ path, not }) => path === "metadata.name" && !not);
  return {
    ...(named && { name: named.value }),
    fits: (object) => terms.every(({ path, not, value }) => (valueAt(object, path) === value) !== not),
  };
}

function parseTerm(text: string) {
  const [, path = "", operator, value = ""] = term.exec(text) ?? [];
  if (path === "") throw refusals.badRequest(`invalid field selector: ${JSON.stringify(text)}`);
  return { path, value, not: operator === "!=" };
}

function valueAt(object: KubeObject, path: string): string {
  let value: unknown = object;
  for (const name of path.split(".")) value = isJsonObject(value) ? value[name] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
