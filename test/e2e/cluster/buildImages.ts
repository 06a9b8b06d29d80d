import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { clusterNames } from "./clusterNames.ts";
import type { ClusterSettings } from "./ClusterSettings.ts";
import { runCommand } from "./runCommand.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { registry, tag, nextTag } = clusterNames;

function imageName(program: string, version: string = tag): string {
  return `${registry}/stellar-peer-discovery/${program}:${version}`;
}

async function bundleCore(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("./core.ts", import.meta.url))],
    outdir: fileURLToPath(new URL("./dist", import.meta.url)),
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
}

/** Builds the images and loads them into the cluster; resolves with that of the fake Core. */
export async function buildImages(settings: ClusterSettings): Promise<string> {
  await bundleCore();
  const images = [
    [imageName("agent"), "Dockerfile.agent"],
    [imageName("agent", nextTag), "Dockerfile.agent"],
    [imageName("webhook"), "Dockerfile.webhook"],
    [imageName("fake-core"), "test/e2e/cluster/Dockerfile.core"],
  ] as const;
  for (const [name = "", file = ""] of images) {
    const args = ["-f", `${root}/${file}`, "-t", name, root];
    await runCommand([...settings.build, ...args], { timeout: 600_000 });
    await runCommand([...settings.load, name], { timeout: 300_000 });
  }
  return imageName("fake-core");
}
