import { isJsonObject } from "./isJsonObject.ts";
import { itemKey } from "./itemKey.ts";
import type { JsonObject } from "./JsonObject.ts";

function isItem(item: JsonObject, element: string): boolean {
  return itemKey(Object.keys(JSON.parse(element.slice(2)) as JsonObject), item) === element;
}

/**
 * The value without the field at this path (elements as in managedFields); maps and lists that are empty then go as
 * well: undefined when nothing is left.
 */
export function removeField(value: unknown, path: readonly string[]): unknown {
  const [element, ...rest] = path;
  if (element === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonObject[]).flatMap((item) => {
      if (!element.startsWith("k:") || !isItem(item, element)) return [item];
      const left = removeField(item, rest);
      return left === undefined ? [] : [left];
    });
    return items.length === 0 ? undefined : items;
  }
  const name = element.slice(2);
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: child, ...others } = value;
  const left = removeField(child, rest);
  if (left !== undefined) return { ...value, [name]: left };
  return Object.keys(others).length === 0 ? undefined : others;
}
