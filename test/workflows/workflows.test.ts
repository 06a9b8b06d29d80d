import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".github/workflows");

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: { readonly file?: string };
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string;
        readonly "timeout-minutes"?: number;
        readonly steps: readonly Step[];
        readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
      }
    >
  >;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8")) as unknown;
}

const { scripts } = read("package.json") as { scripts: Readonly<Record<string, string>> };

/** With each value of its matrix in the place of the expression. */
function filled(text: string, matrix: Readonly<Record<string, readonly string[]>> = {}): readonly string[] {
  return Object.entries(matrix).reduce<readonly string[]>(
    (texts, [name, values]) =>
      texts.flatMap((one) => values.map((value): string => one.replaceAll(`\${{ matrix.${name} }}`, value))),
    [text],
  );
}

for (const file of readdirSync(folder))
  describe(`the workflow ${file}`, () => {
    const workflow = parse(readFileSync(join(folder, file), "utf8")) as Workflow;
    const jobs = Object.entries(workflow.jobs);

    it("reads the repository and no more, unless a job says so, and never runs without an end", () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const [name, job] of jobs) assert.ok((job["timeout-minutes"] ?? 0) > 0, name);
    });

    it("has jobs that wait for jobs there are", () => {
      for (const [, { needs }] of jobs) assert.ok(needs === undefined || needs in workflow.jobs, needs ?? "");
    });

    it("takes its actions at one version each", () => {
      for (const [, { steps }] of jobs)
        for (const { uses } of steps)
          if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w.-]+@v\d+\.\d+\.\d+$/);
    });

    it("runs scripts of package.json", () => {
      const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
      const named = commands.flatMap((run) =>
        [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ""),
      );
      assert.ok(named.length > 0);
      for (const name of named) assert.ok(name in scripts, name);
    });

    it("names files that are there", () => {
      for (const [, { steps, strategy }] of jobs)
        for (const { run = "", with: inputs = {} } of steps) {
          const dockerfiles = filled(inputs.file ?? "", strategy?.matrix).filter(Boolean);
          const charts = [...run.matchAll(/charts\/[\w./-]+/g)].map(([path]) => path);
          for (const path of [...dockerfiles, ...charts.filter((one) => !one.includes("@"))])
            assert.ok(existsSync(join(root, path)), path);
        }
    });
  });
