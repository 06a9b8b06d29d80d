import assert from "node:assert/strict";
import { glob } from "node:fs/promises";
import { basename, dirname, join, normalize } from "node:path";
import { describe, it } from "node:test";
import { readModule, type SourceModule } from "./readModule.ts";
import { rooms } from "./rooms.ts";

const modules: SourceModule[] = [];
for await (const path of glob("{contract,runtime,kube,agent,webhook,cli}/**/*.ts"))
  if (!path.endsWith(".d.ts")) modules.push(await readModule(path));

function roomOf(path: string) {
  return rooms.find(({ folder }) => path.startsWith(`${folder}/`));
}

function isMain(path: string): boolean {
  return basename(path) === "main.ts";
}

describe("the rooms", () => {
  it("hold every source file", () => {
    assert.ok(modules.length > 100, `only ${modules.length} files were found`);
    assert.deepEqual(modules.filter(({ path }) => !roomOf(path)).map(({ path }) => path), []); // prettier-ignore
  });

  it("import from no other room than they may", () => {
    const wrong: string[] = [];
    for (const { path, imports } of modules) {
      const room = roomOf(path);
      for (const name of imports.filter((text) => text.startsWith("."))) {
        const target = roomOf(normalize(join(dirname(path), name)));
        if (target === room || room?.mayImport.includes(target?.folder ?? "nowhere")) continue;
        wrong.push(`${path} imports ${name}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it("would see an import that is not allowed", async () => {
    const { imports } = await readModule("agent/main.ts");
    assert.ok(imports.includes("./Agent.ts"), `imports of agent/main.ts are ${imports.join(", ")}`);
  });

  it("know their process in main.ts alone", () => {
    const knowing = modules.filter(({ identifiers }) => identifiers.has("process")).map(({ path }) => path);
    assert.deepEqual(knowing.filter((path) => !isMain(path)), []); // prettier-ignore
    assert.ok(knowing.includes("agent/main.ts"));
  });

  it("take time, timers and randomness from runtime/ alone", () => {
    const globals = ["setTimeout", "setInterval", "setImmediate", "performance"];
    const wrong = modules
      .filter(({ path }) => !path.startsWith("runtime/"))
      .filter(
        ({ identifiers, text }) =>
          globals.some((name) => identifiers.has(name)) || /Date\.now\(|new Date\(\)|Math\.random/.test(text),
      )
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });
});

describe("a file", () => {
  it("exports at most one value, which it is named after", () => {
    const wrong = modules
      .filter(({ path }) => !isMain(path) && !path.includes(".generated."))
      .filter(({ path, values }) => values.some((name) => name !== basename(path, ".ts")))
      .map(({ path, values }) => `${path} exports ${values.join(", ")}`);
    assert.deepEqual(wrong, []);
  });

  it("is no barrel and no place for things without a name", () => {
    const wrong = modules
      .map(({ path }) => path)
      .filter((path) => /(^|\/)(index|utils?|helpers?|managers?|common|misc|shared)(\/|\.ts$)/i.test(path));
    assert.deepEqual(wrong, []);
  });
});
