import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { runTool } from "../control-plane/runTool.ts";
import { FakeCores } from "../e2e/FakeCores.ts";
import { RealPlane } from "../e2e/RealPlane.ts";
import { Stage } from "../e2e/Stage.ts";
import { eventually } from "../runtime/eventually.ts";
import { privateControlPlane } from "./privateControlPlane.ts";
import { readCommandBlocks } from "./readCommandBlocks.ts";
import { runCommands } from "./runCommands.ts";

const plane = await privateControlPlane();
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const page = "docs/quick-start.md";
const blocks = readCommandBlocks(page, await readFile(folder(`../../${page}`), "utf8"));
/** From where the chart is installed to where it is cleaned up; what only nodes can do is left out. */
const story = blocks
  .slice(
    blocks.findIndex(({ commands }) => commands.includes("namespace.yaml")),
    blocks.findIndex(({ commands }) => commands.includes("delete -f")),
  )
  .filter(({ needs }) => needs === undefined || needs === "agents");

describe(
  "the quick start, with the real webhook and real agents",
  { skip: plane.skip, timeout: 200_000 },
  () => {
    let directory: string;
    let stage: Stage;

    before(async () => {
      if (plane.skip) return;
      directory = await mkdtemp(join(tmpdir(), "quick-start-"));
      const running = plane.running();
      stage = await Stage.open({
        plane: new RealPlane({
          ...running,
          helm: (args) => runTool(running, "helm", args, ""),
          chart: folder("../../charts/stellar-peer-discovery"),
          close: async () => undefined,
        }),
        cores: new FakeCores(),
        namespace: "stellar",
        dist: folder("../../dist"),
        directory,
      });
    });

    after(async () => {
      await stage?.close();
      await stage?.plane.close();
      if (!plane.skip) await rm(directory, { recursive: true, force: true });
    });

    it("has all that a reader does between installing and cleaning up", () => {
      assert.equal(story.length, 7);
      assert.equal(story.filter(({ needs }) => needs === "agents").length, 3);
    });

    for (const { commands, line, sees } of story)
      it(`line ${line}: ${commands.split("\n")[0]}`, async () => {
        const lines = commands.trim().split("\n");
        // What creates is run once, what shows until it shows what the page says.
        const [acting, looking] = [
          lines.filter((each) => / apply /.test(each)),
          lines.filter((each) => !/ apply /.test(each)),
        ];
        if (acting.length > 0) await runCommands(plane.running(), acting.join("\n"));
        // The controller manager's work.
        if (commands.includes("namespace.yaml"))
          await runCommands(plane.running(), "kubectl -n stellar create serviceaccount default");
        await eventually(`it prints ${sees.join(", ")}`, 60_000, async () => {
          const printed = looking.length > 0 ? await runCommands(plane.running(), looking.join("\n")) : "";
          return sees.every((word) => printed.includes(word));
        });
      });

    it("ends with each Core connected to all others", async () => {
      const pods = ["alpha-0", "beta-0", "gamma-0", "delta-0"];
      await eventually("each Core is connected to all others", 60_000, () => stage.meshed(pods));
    });
  },
);
