import { CST, Parser, parseDocument } from "yaml";
import { CommandError } from "../CommandError.ts";
import type { ManifestPart } from "./ManifestPart.ts";
import { plainValue } from "./plainValue.ts";
import { yamlOptions } from "./yamlOptions.ts";

function fail(name: string, line: number, detail: string): never {
  const [first = ""] = detail.split(/ at line \d+|\n/);
  throw new CommandError(`${name}, line ${line}: ${first}; correct the YAML and try again`);
}

function parsePart(name: string, source: string, line: number): ManifestPart {
  const document = parseDocument(source, yamlOptions);
  const error = document.errors[0];
  if (error) {
    const inPart = error.linePos?.[0].line ?? 1;
    fail(name, line + inPart - 1, error.message);
  }
  try {
    return { source, line, document, value: plainValue(document) };
  } catch (error) {
    return fail(name, line, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Takes a YAML stream apart into its documents and what stands between them. `name` is for messages.
 * @throws CommandError with the line of the first mistake.
 */
export function parseManifests(name: string, text: string): readonly ManifestPart[] {
  const parts: ManifestPart[] = [];
  let line = 1;
  for (const token of new Parser().parse(text)) {
    if (token.type === "error") fail(name, line, token.message);
    const source = CST.stringify(token);
    parts.push(token.type === "document" ? parsePart(name, source, line) : { source, line });
    line += source.split("\n").length - 1;
  }
  return parts;
}
