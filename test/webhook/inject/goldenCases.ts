import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { InjectionContext } from "../../../webhook/inject/InjectionContext.ts";
import { injectionContext } from "./injectionContext.ts";
import type { ContextChanges } from "./injectionContext.ts";

export interface GoldenCase {
  readonly name: string;
  readonly directory: string;
  readonly pod: unknown;
  readonly namespace: { readonly metadata: InjectionContext["namespace"] };
  readonly context: InjectionContext;
}

const root = join(import.meta.dirname, "golden");

function read(directory: string, file: string): unknown {
  const path = join(directory, file);
  return existsSync(path) ? (parse(readFileSync(path, "utf8")) as unknown) : undefined;
}

/** The pods in `golden/NAME/`: pod.yaml, namespace.yaml, and context.yaml where settings or server differ. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(root).map((name) => {
    const directory = join(root, name);
    const namespace = read(directory, "namespace.yaml") as GoldenCase["namespace"];
    const changes = (read(directory, "context.yaml") ?? {}) as ContextChanges;
    const context = injectionContext({ ...changes, namespace: namespace.metadata });
    return { name, directory, pod: read(directory, "pod.yaml"), namespace, context };
  });
}
