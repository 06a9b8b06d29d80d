import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { eventually } from "../runtime/eventually.ts";
import { FakeCores } from "./FakeCores.ts";
import { MemoryPlane } from "./MemoryPlane.ts";
import { Stage } from "./Stage.ts";

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Without what differs from run to run: who leads, its uid and since when, how many revisions there were, spaces. */
function timeless(screen: string): string {
  return screen
    .replace(/\/[a-z]+-0\/[-0-9a-f]{36}/, "/POD/UID")
    .replaceAll(/\d+ (ms|s) ago/g, "TIME ago")
    .replaceAll(/\b1\.\d+\b/g, "1.1")
    .replaceAll(" (leads)", "")
    .replaceAll(/ +/g, " ")
    .trim();
}

describe("the command line beside real agents", { timeout: 150_000 }, () => {
  let directory: string;
  let stage: Stage;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "fleet-status-"));
    const rendered = folder("../charts/golden/default.yaml");
    const plane = await MemoryPlane.open({ rendered, directory });
    const dist = folder("../../dist");
    stage = await Stage.open({ plane, cores: new FakeCores(), namespace: "stellar", dist, directory });
    await stage.labelNamespace();
    const text = await readFile(folder("../../examples/validators.yaml"), "utf8");
    for (const document of parseAllDocuments(text))
      await stage.api.create(document.toJS() as KubeObject, { signal: stage.signal });
  });

  after(async () => {
    await stage?.close();
    await stage?.plane.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What a person sees, and the exit code. */
  async function status(...args: readonly string[]): Promise<{ code: number; output: string }> {
    const env = { ...process.env, KUBECONFIG: stage.plane.kubeconfig };
    const command = [folder("../../dist/cli.js"), "status", ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, command, { env, timeout: 20_000 }, (error, stdout) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout }),
      );
    });
  }

  it("shows the whole fleet on one screen, and succeeds once all is well", async () => {
    const { output } = await eventually("all is well", 100_000, async () => {
      const seen = await status();
      return seen.code === 0 && / 2 of 2 .*\n.* 2 of 2 .*\n.* 2 of 2 /.test(seen.output) ? seen : undefined;
    });
    for (const pod of ["alpha-0", "beta-0", "gamma-0"])
      assert.match(
        output,
        new RegExp(
          `^stellar/${pod}( \\(leads\\))? +\\S+ +testnet +1\\.\\d+ +1\\.\\d+ +1\\.\\d+ +healthy +2 of 2`,
          "m",
        ),
      );
    assert.equal(output.match(/\(leads\)/g)?.length, 1);
    const page = await readFile(folder("../../docs/cli.md"), "utf8");
    const [, sample = ""] = /```text\nwebhook {2}[^\n]*\n(.*?)```/s.exec(page) ?? [];
    // The webhook of a stage is called by its address, so its line is another one.
    const [, below = ""] = /^webhook {2}[^\n]*\n(.*)/ms.exec(output) ?? [];
    assert.equal(timeless(below), timeless(sample), "what docs/cli.md shows of such a fleet");
  });

  it("fails, and says what is wrong, when an agent has gone", async () => {
    const { process: agent } = stage.agent("beta-0");
    agent.kill("SIGKILL");
    await agent.exited;
    const { code, output } = await status();
    assert.equal(code, 1);
    assert.match(output, /^warning agent-unreachable: .*\n {2}stellar\/beta-0: /m);
    assert.match(output, /^stellar\/alpha-0 /m, "the others are shown all the same");
  });

  it("draws it, and writes one page of it", async () => {
    const [graph, report] = [join(directory, "fleet.svg"), join(directory, "fleet.html")];
    await status("--graph", graph, "--report", report);
    assert.match(
      await readFile(graph, "utf8"),
      /aria-label="testnet: 3 validators, 3 connections, none is missing"/,
    );
    assert.match(await readFile(report, "utf8"), /stellar\/gamma-0/);
  });
});
