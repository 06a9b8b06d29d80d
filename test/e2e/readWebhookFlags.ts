import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { parseQuantity } from "../../webhook/inject/parseQuantity.ts";

async function readRoot(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** Node's flags as the webhook's image has them, and the heap that V8 takes under the chart's memory limit: half of it. */
export async function readWebhookFlags(): Promise<readonly string[]> {
  const [, entry = "[]"] = /^ENTRYPOINT (\[.*\])$/m.exec(await readRoot("Dockerfile.webhook")) ?? [];
  const [node, ...rest] = JSON.parse(entry) as readonly string[];
  if (node !== "node" || rest.at(-1) !== "/webhook.js")
    throw new Error(`the image does not start node with /webhook.js, but ${entry}`);
  const { resources } = parse(await readRoot("charts/stellar-peer-discovery/values.yaml")) as {
    readonly resources: { readonly limits: { readonly memory: string } };
  };
  const limit = parseQuantity(resources.limits.memory) ?? Number.NaN;
  return [...rest.slice(0, -1), `--max-old-space-size=${Math.floor(limit / 2 ** 21)}`];
}
