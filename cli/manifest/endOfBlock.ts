import { isCollection, isNode, isPair } from "yaml";
import type { Node } from "yaml";

function lastOffset(node: Node): number | undefined {
  if (!isCollection(node) || node.flow === true) return node.range?.[1];
  const last: unknown = node.items.at(-1);
  const child: unknown = isPair(last) ? (last.value ?? last.key) : last;
  return isNode(child) ? lastOffset(child) : undefined;
}

/** The start of the line after the one that `offset` is on, or is right behind. */
function nextLine(source: string, offset: number): number {
  if (offset > 0 && source[offset - 1] === "\n") return offset;
  const end = source.indexOf("\n", offset);
  return end < 0 ? source.length : end + 1;
}

/**
 * Where another entry of a list or map in block style can begin: after its last entry and the comments below that are
 * indented deeper than `column`, at which its entries stand.
 */
export function endOfBlock(source: string, node: Node, column: number): number | undefined {
  const offset = lastOffset(node);
  if (offset === undefined) return undefined;
  const comment = new RegExp(`(?:[ \\t\\r]*\\n)* {${column + 1},}#[^\\n]*(?:\\n|$)`, "y");
  comment.lastIndex = nextLine(source, offset);
  let end = comment.lastIndex;
  while (comment.test(source)) end = comment.lastIndex;
  return end;
}
