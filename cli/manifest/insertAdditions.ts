import { isCollection, isNode, isPair, isSeq, stringify } from "yaml";
import type { Document, Node, YAMLMap, YAMLSeq } from "yaml";
import type { Addition } from "./Addition.ts";
import { endOfBlock } from "./endOfBlock.ts";
import { indentsLists } from "./indentsLists.ts";
import { yamlOptions } from "./yamlOptions.ts";

interface Insertion {
  readonly at: number;
  readonly depth: number;
  /** What goes before it. */
  readonly lead: string;
  /** The same, behind another insertion at this place. */
  readonly nextLead: string;
  readonly text: string;
}

function planBlock(
  source: string,
  document: Document,
  node: Node,
  addition: Addition,
): Insertion | undefined {
  if (!node.range) return undefined;
  const { target, key, value } = addition;
  const [start] = node.range;
  const column = start - (source.lastIndexOf("\n", start - 1) + 1);
  const options = { ...yamlOptions, indentSeq: indentsLists(source, document) };
  const lines = stringify(key === undefined ? [value] : { [key]: value }, options)
    .trimEnd()
    .split("\n");
  const text = lines.map((line) => (line === "" ? line : " ".repeat(column) + line)).join("\n");
  const at = endOfBlock(source, node, column);
  if (at === undefined) return undefined;
  const lead = at > 0 && source[at - 1] !== "\n" ? "\n" : "";
  return { at, depth: target.length, lead, nextLead: "", text: `${text}\n` };
}

/** Behind the last entry of `{…}` or `[…]`, as JSON, which is YAML too. */
function planFlow(node: YAMLMap | YAMLSeq, { target, key, value }: Addition): Insertion | undefined {
  const last: unknown = node.items.at(-1);
  const lastNode = isPair(last) ? last.value : last;
  if (!node.range || (last !== undefined && !isNode(lastNode))) return undefined;
  const at = isNode(lastNode) ? lastNode.range?.[1] : node.range[0] + 1;
  if (at === undefined) return undefined;
  const json = JSON.stringify(value);
  const text = key === undefined ? json : `${JSON.stringify(key)}: ${json}`;
  return { at, depth: target.length, lead: last === undefined ? "" : ", ", nextLead: ", ", text };
}

function plan(source: string, document: Document, addition: Addition): Insertion | undefined {
  const node = addition.target.length === 0 ? document.contents : document.getIn(addition.target, true);
  if (!isCollection(node) || isSeq(node) !== (addition.key === undefined)) return undefined;
  return node.flow === true ? planFlow(node, addition) : planBlock(source, document, node, addition);
}

/**
 * The document's own text with the additions put in, and nothing else changed. Undefined where there is nothing that
 * could grow. The result has to be read back before it is used: anchors and the like may make it say something else.
 */
export function insertAdditions(
  source: string,
  document: Document,
  additions: readonly Addition[],
): string | undefined {
  const planned = additions.map((addition) => plan(source, document, addition));
  const insertions = planned.filter((insertion) => insertion !== undefined);
  if (insertions.length < planned.length) return undefined;
  // What belongs deeper comes first where several end at one place.
  const ordered = insertions.toSorted((a, b) => a.at - b.at || b.depth - a.depth);
  let text = "";
  let from = -1;
  for (const { at, lead, nextLead, text: added } of ordered) {
    text += at === from ? nextLead : source.slice(Math.max(from, 0), at) + lead;
    text += added;
    from = at;
  }
  return text + source.slice(Math.max(from, 0));
}
