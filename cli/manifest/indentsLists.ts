import { isNode, isSeq, visit } from "yaml";
import type { Document } from "yaml";

function column(source: string, offset: number): number {
  return offset - (source.lastIndexOf("\n", offset - 1) + 1);
}

/** Whether the first list in a document is indented below its key, as in most YAML, or not, as kubectl writes it. */
export function indentsLists(source: string, document: Document): boolean {
  let result = true;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isNode(key) || !key.range || !isSeq(value) || !value.range || value.flow === true)
        return undefined;
      result = column(source, value.range[0]) > column(source, key.range[0]);
      return visit.BREAK;
    },
  });
  return result;
}
