import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import type { CommandBlock } from "./CommandBlock.ts";
import { privateControlPlane } from "./privateControlPlane.ts";
import { readCommandBlocks } from "./readCommandBlocks.ts";
import { runCommands } from "./runCommands.ts";

const pages = ["docs/quick-start.md", "README.md", "charts/stellar-peer-discovery/README.md"];
const plane = await privateControlPlane();

async function read(page: string): Promise<readonly CommandBlock[]> {
  return readCommandBlocks(page, await readFile(new URL(`../../${page}`, import.meta.url), "utf8"));
}

/** npm's need the registry, or run this very test. */
function whyNot({ needs, commands }: CommandBlock): string | false {
  if (needs !== undefined) return `needs ${needs === "network" ? "the network" : "nodes and controllers"}`;
  return /^npm /m.test(commands) && "npm test and npm run demo are run by themselves";
}

describe("the commands of the documentation", { skip: plane.skip, timeout: 240_000 }, () => {
  for (const page of pages) {
    describe(page, async () => {
      const blocks = await read(page);
      it("has blocks that can be run here", () => assert.ok(blocks.some((block) => !whyNot(block))));
      for (const block of blocks) {
        it(`line ${block.line}: ${block.commands.split("\n")[0]}`, { skip: whyNot(block) }, async () => {
          const running = plane.running();
          if (block.commands.includes("NAMESPACE"))
            await runCommands(running, "kubectl create namespace example --dry-run=client -o yaml | kubectl apply -f -"); // prettier-ignore
          const printed = await runCommands(running, block.commands.replaceAll(/\bNAMESPACE\b/g, "example"));
          for (const word of block.sees) assert.ok(printed.includes(word), `${word} is not in\n${printed}`);
        });
      }
      it("leaves no release behind", async () => {
        const names = await runCommands(plane.running(), "helm list --all-namespaces --short");
        if (names.trim() === "") return;
        await runCommands(
          plane.running(),
          "helm uninstall stellar-peer-discovery --namespace stellar-system",
        );
      });
    });
  }
});
