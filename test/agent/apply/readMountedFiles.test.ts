import assert from "node:assert/strict";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { readMountedFiles } from "../../../agent/apply/readMountedFiles.ts";
import { MountedDirectory } from "./MountedDirectory.ts";

describe("the mounted files", () => {
  let mounted: MountedDirectory;

  beforeEach(async () => {
    mounted = await MountedDirectory.make();
  });

  afterEach(() => mounted.remove());

  it("are none when the directory is missing, or empty", async () => {
    assert.equal(await readMountedFiles(join(mounted.path, "missing")), undefined);
    assert.equal(await readMountedFiles(mounted.path), undefined);
  });

  it("are those behind ..data", async () => {
    await mounted.swap({ "peers.json": "[]", revision: "1.1", "peers.txt": "" });
    assert.deepEqual(await readMountedFiles(mounted.path), { "peers.json": "[]", revision: "1.1" });
    await mounted.swap({ "peers.json": "[1]", revision: "1.2" });
    assert.deepEqual(await readMountedFiles(mounted.path), { "peers.json": "[1]", revision: "1.2" });
  });

  it("are those of a plain directory where there is no ..data", async () => {
    await writeFile(join(mounted.path, "peers.json"), "[]");
    await writeFile(join(mounted.path, "revision"), "1.1");
    assert.deepEqual(await readMountedFiles(mounted.path), { "peers.json": "[]", revision: "1.1" });
  });

  it("are said to be half there when they are", async () => {
    await mounted.swap({ revision: "1.1" });
    assert.deepEqual(await readMountedFiles(mounted.path), { "peers.json": undefined, revision: "1.1" });
  });

  it("are none while ..data points nowhere", async () => {
    await symlink("..gone", join(mounted.path, "..data"));
    assert.equal(await readMountedFiles(mounted.path), undefined);
  });

  it("are always of one set, however often it is swapped meanwhile", async () => {
    const write = async (round: number): Promise<void> =>
      mounted.swap({ "peers.json": `[${round}]`, revision: `1.${round}` });
    await write(0);
    const writing = new AbortController();
    const writer = (async () => {
      for (let round = 1; round <= 200; round += 1) await write(round);
      writing.abort();
    })();
    let read = 0;
    while (!writing.signal.aborted) {
      const files = await readMountedFiles(mounted.path);
      if (!files) continue;
      read += 1;
      assert.equal(files["peers.json"], `[${files["revision"]?.slice(2)}]`);
    }
    await writer;
    assert.ok(read > 0);
    assert.deepEqual(await readMountedFiles(mounted.path), { "peers.json": "[200]", revision: "1.200" });
  });

  it("reject with what else the file system says", async () => {
    await mkdir(join(mounted.path, "peers.json"));
    await assert.rejects(readMountedFiles(mounted.path), { code: "EISDIR" });
  });

  it(
    "reject when they may not be read",
    { skip: process.getuid?.() === 0 && "root may read everything" },
    async () => {
      await writeFile(join(mounted.path, "peers.json"), "[]");
      await chmod(join(mounted.path, "peers.json"), 0);
      await assert.rejects(readMountedFiles(mounted.path), { code: "EACCES" });
      await rm(join(mounted.path, "peers.json"));
    },
  );
});
