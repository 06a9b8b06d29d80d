import { annotations } from "../../contract/annotations.ts";
import type { ConfigMap } from "./ConfigMap.ts";

/** The annotations that belong to the document, and so go with it. */
export function copiedAnnotations({ metadata }: ConfigMap): Readonly<Record<string, string>> {
  const document = [annotations.epoch, annotations.holder, annotations.revision, annotations.hash];
  return Object.fromEntries(
    document.flatMap((name) => {
      const value = metadata.annotations?.[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
