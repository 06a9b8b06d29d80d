import { readFile } from "node:fs/promises";
import { parseSync } from "oxc-parser";

export interface SourceModule {
  readonly path: string;
  readonly text: string;
  /** What it imports or re-exports, as written. */
  readonly imports: readonly string[];
  /** Names of the values that it exports; types are not counted. */
  readonly values: readonly string[];
  readonly identifiers: ReadonlySet<string>;
}

type Node = Readonly<Record<string, unknown>>;

function collectIdentifiers(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const child of node) collectIdentifiers(child, found);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, name } = node as Node;
  if (type === "Identifier" && typeof name === "string") found.add(name);
  for (const [key, child] of Object.entries(node as Node)) {
    // Names of properties are no references.
    if (key === "property" && (node as Node)["computed"] !== true) continue;
    if (key === "key" && (node as Node)["computed"] !== true) continue;
    collectIdentifiers(child, found);
  }
}

/** What a TypeScript file imports, exports and refers to. */
export async function readModule(path: string): Promise<SourceModule> {
  const text = await readFile(path, "utf8");
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? "can't be parsed"}`);
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  const identifiers = new Set<string>();
  collectIdentifiers(program.body, identifiers);
  return {
    path,
    text,
    imports: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...exported.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ],
    values: exported.filter(({ isType }) => !isType).map(({ exportName }) => exportName.name ?? "default"),
    identifiers,
  };
}
