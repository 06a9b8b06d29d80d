import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { KubeConnection } from "../../kube/KubeConnection.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { eventually } from "../runtime/eventually.ts";
import { RunningProvisioner } from "../webhook/provision/RunningProvisioner.ts";
import type { CommandBlock } from "./CommandBlock.ts";
import { privateControlPlane } from "./privateControlPlane.ts";
import { readCommandBlocks } from "./readCommandBlocks.ts";
import { runCommands } from "./runCommands.ts";

const pages = [
  "docs/quick-start.md",
  "docs/guide.md",
  "README.md",
  "charts/stellar-peer-discovery/README.md",
  "docs/upgrade.md",
  "docs/cli.md",
];
const install =
  "helm install stellar-peer-discovery charts/stellar-peer-discovery --namespace stellar-system --create-namespace";
const plane = await privateControlPlane();

async function read(page: string): Promise<readonly CommandBlock[]> {
  return readCommandBlocks(page, await readFile(new URL(`../../${page}`, import.meta.url), "utf8"));
}

/** npm's need the registry, or run this very test. */
function whyNot({ needs, commands }: CommandBlock): string | false {
  if (needs === "agents") return "run by quickStart.control-plane.test.ts";
  if (needs !== undefined) return `needs ${needs === "network" ? "the network" : "nodes and controllers"}`;
  return /^npm /m.test(commands) && "npm test and npm run demo are run by themselves";
}

function adminConnection(): KubeConnection {
  const { url, ca, token } = plane.running();
  return {
    server: new URL(url),
    credentials: async () => ({ tls: { ca }, headers: { authorization: `Bearer ${token}` } }),
    invalidate: () => undefined,
  };
}

/** What a page says that one sees comes about when the provisioner has done its work. */
async function run({ commands, sees }: CommandBlock): Promise<void> {
  const text = commands.replaceAll(/\bNAMESPACE\b/g, "example");
  if (sees.length === 0) {
    await runCommands(plane.running(), text);
    return;
  }
  await eventually(`${sees.join(", ")} in what ${text} prints`, 60_000, async () => {
    const printed = await runCommands(plane.running(), text);
    return sees.every((word) => printed.includes(word));
  });
}

describe("the commands of the documentation", { skip: plane.skip, timeout: 280_000 }, () => {
  let api: HttpKubeApi;
  let provisioner: RunningProvisioner;

  before(async () => {
    if (plane.skip) return;
    api = new HttpKubeApi({ connection: adminConnection(), clock: systemClock });
    const peersNamespace = "stellar-system";
    for (const namespace of [peersNamespace, "example"])
      await runCommands(plane.running(), `kubectl create namespace ${namespace}`);
    const clusterRole = "stellar-peer-discovery-agent";
    provisioner = new RunningProvisioner({ api, peersNamespace, clusterRole, namespaceLabels: {} });
  });
  after(async () => {
    if (plane.skip) return;
    await provisioner.stop();
    api.close();
  });

  for (const page of pages) {
    describe(page, async () => {
      const blocks = await read(page);
      it("has blocks that can be run here", () => assert.ok(blocks.some((block) => !whyNot(block))));
      for (const block of blocks) {
        if (block === blocks[0] && block.commands.startsWith("helm upgrade"))
          it("is about a release that is there", async () =>
            void (await runCommands(plane.running(), install)));
        it(`line ${block.line}: ${block.commands.split("\n")[0]}`, { skip: whyNot(block) }, () => run(block));
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
