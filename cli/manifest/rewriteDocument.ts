import { isCollection, visit } from "yaml";
import type { Alias, Document, Node } from "yaml";
import type { Addition } from "./Addition.ts";
import { indentsLists } from "./indentsLists.ts";
import { yamlOptions } from "./yamlOptions.ts";

function resolve(alias: Alias, document: Document): Node | undefined {
  return alias.resolve(document)?.clone() as Node | undefined;
}

/** What stands for something else is written out: one of them may grow without the others. */
function expandAliases(document: Document, original: Document): void {
  visit(document, { Alias: (_, alias) => resolve(alias, original) });
  visit(document, {
    Node(_, node) {
      if ("anchor" in node) delete node.anchor;
    },
  });
}

/**
 * The document written anew, with its comments, as far as they belong to something that is still there. The result has
 * to be read back before it is used.
 */
export function rewriteDocument(
  source: string,
  original: Document,
  additions: readonly Addition[],
): string | undefined {
  const document = original.clone();
  expandAliases(document, original);
  for (const { target, key, value } of additions) {
    const place = target.length === 0 ? document.contents : document.getIn(target, true);
    const node = document.createNode(value, { aliasDuplicateObjects: false });
    if (isCollection(place)) {
      if (key === undefined) place.addIn([], node);
      else place.set(key, node);
    } else return undefined;
  }
  return document.toString({ ...yamlOptions, indentSeq: indentsLists(source, original) });
}
