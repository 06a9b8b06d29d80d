import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { makeValidator } from "../../test/agent/apply/makeValidator.ts";
import { makeStored } from "../../test/agent/publish/makeStored.ts";
import type { Plane } from "../../test/e2e/Plane.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import { makeReview } from "../handler/makeReview.ts";
import type { Memory } from "../measure/parseMemory.ts";
import type { LoadResult } from "../webhook/load/LoadResult.ts";
import { openWebhookPlane } from "../webhook/openWebhookPlane.ts";
import { ownContender } from "../webhook/ownContender.ts";
import { runLoad } from "../webhook/runLoad.ts";
import type { GrowthSettings } from "./GrowthSettings.ts";

export interface WebhookGrowth {
  readonly validators: number;
  readonly loads: readonly LoadResult[];
  readonly memory: Memory;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

const system = "stellar-system";
const name = "stellar-peers";

/** The webhook with its provisioner, which copies a longer and longer list into a namespace: reviews of 10 KB meanwhile. */
export async function measureWebhookGrowth(
  sizes: readonly number[],
  settings: GrowthSettings,
  controlPlane: string,
  say: (line: string) => void,
): Promise<readonly WebhookGrowth[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  const plane = await openWebhookPlane(controlPlane, system);
  const growth: WebhookGrowth[] = [];
  try {
    const metadata = { name: "validators", labels: { [labels.injection]: "enabled" } };
    await plane.api.create<KubeObject>({ apiVersion: "v1", kind: "Namespace", metadata }, deadline());
    const { program, target } = await ownContender(plane, system, directory).start();
    try {
      const [ca, body] = [join(directory, "ca.crt"), join(directory, "review.json")];
      await writeFile(ca, target.ca);
      await writeFile(body, makeReview(10_000));
      for (const [index, validators] of sizes.entries()) {
        say(`the webhook with ${validators} validators`);
        await publish(plane, validators, `1.${index + 1}`);
        const loads: LoadResult[] = [];
        const { port, path } = target;
        const load = { port, path, ca, body, connections: 8, warm: 1, seconds: settings.loadSeconds };
        for (let round = 1; round <= settings.rounds; round += 1) loads.push(await runLoad(load));
        growth.push({ validators, loads, memory: await program.memory() });
      }
    } finally {
      await program.stop();
    }
  } finally {
    await plane.close();
    await rm(directory, { recursive: true, force: true });
  }
  return growth;
}

/** Resolves once the copy is there, too. */
async function publish({ api }: Plane, validators: number, revision: string): Promise<void> {
  const peers = Array.from({ length: validators }, (_, index) => makeValidator(index + 1));
  const { data, metadata } = makeStored(peers, revision);
  const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: system, name };
  const body = { data, metadata: { annotations: metadata.annotations } };
  // It is the provisioner that makes the list's ConfigMap, once it is elected.
  await eventually("there is a list", 30_000, async () => {
    await api.patch(reference, { type: "merge", body }, deadline());
    return true;
  });
  await eventually("the copy follows", 60_000, async () => {
    const copy = await api.get<ConfigMap>({ ...reference, namespace: "validators" }, deadline());
    return copy.data?.["revision"] === revision;
  });
}

function deadline(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(30_000) };
}
