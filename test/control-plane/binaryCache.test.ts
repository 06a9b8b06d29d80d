import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { binaryCache } from "./binaryCache.ts";

let folder = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "module-"));
  for (const name of ["go.mod", "go.sum", "main.go", "README"]) await writeFile(join(folder, name), "");
});
after(async () => rm(folder, { recursive: true }));

async function cache(): Promise<string> {
  const directory = relative(fileURLToPath(new URL("modules", import.meta.url)), folder);
  const binaries = [{ name: "program", package: "." }];
  return binaryCache(
    { XDG_CACHE_HOME: "/cache" },
    { folder: "bench", assets: false, modules: [{ directory, binaries, expected: 1 }] },
  );
}

for (const name of ["go.mod", "go.sum", "main.go"]) {
  it(`another ${name} is another folder`, async () => {
    const one = await cache();
    await writeFile(join(folder, name), "// changed");
    assert.notEqual(await cache(), one);
  });
}

it("what is not built from is no reason to build", async () => {
  const one = await cache();
  await writeFile(join(folder, "README"), "changed");
  assert.equal(await cache(), one);
});
