import { isDeepStrictEqual } from "node:util";
import { parseDocument, stringify } from "yaml";
import type { Document } from "yaml";
import type { Addition } from "./Addition.ts";
import { addToValue } from "./addToValue.ts";
import { insertAdditions } from "./insertAdditions.ts";
import { plainValue } from "./plainValue.ts";
import { rewriteDocument } from "./rewriteDocument.ts";
import { yamlOptions } from "./yamlOptions.ts";

export interface EditedDocument {
  readonly text: string;
  /** True: comments and formatting are gone, because nothing gentler says the same. */
  readonly isBare: boolean;
}

function says(text: string | undefined, wanted: unknown): text is string {
  if (text === undefined) return false;
  const document = parseDocument(text, yamlOptions);
  return document.errors.length === 0 && isDeepStrictEqual(plainValue(document), wanted);
}

/**
 * A document's text with all that is added: by insertions into the text as it is, else written anew with its comments,
 * else without them. Whatever is returned was read back and says exactly what it should.
 */
export function editDocument(
  source: string,
  document: Document,
  additions: readonly Addition[],
): EditedDocument {
  const wanted = addToValue(plainValue(document), additions);
  const inserted = insertAdditions(source, document, additions);
  if (says(inserted, wanted)) return { text: inserted, isBare: false };
  const rewritten = rewriteDocument(source, document, additions);
  if (says(rewritten, wanted)) return { text: rewritten, isBare: false };
  return { text: `---\n${stringify(wanted, yamlOptions)}`, isBare: true };
}
