import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeReview } from "../handler/makeReview.ts";
import type { Figure } from "../Figure.ts";
import { askWebhook } from "./askWebhook.ts";
import type { Contender, RunningWebhook } from "./Contender.ts";
import { controllerRuntimeContender } from "./controllerRuntimeContender.ts";
import { type ContenderRound, type LoadPlan, measureRound } from "./measureRound.ts";
import { openWebhookPlane } from "./openWebhookPlane.ts";
import { ownContender } from "./ownContender.ts";
import type { PatchedPod } from "./PatchedPod.ts";
import { PeerCertificate } from "./PeerCertificate.ts";
import { peprContender } from "./peprContender.ts";
import { readAddition } from "./readAddition.ts";
import { readPatchedPod } from "./readPatchedPod.ts";
import { webhookFigures } from "./webhookFigures.ts";

const namespace = "stellar-system";
const connections = [1, 8, 64];
const sizes = [2, 10, 100];

export interface WebhookBenchSettings {
  readonly rounds: number;
  /** Of load for each number of connections and each size. */
  readonly loadSeconds: number;
}

/** Folders of the binaries and packages. */
export interface WebhookBenchPlaces {
  readonly controlPlane: string;
  readonly controllerRuntime: string;
  readonly pepr: string;
}

/** The webhook beside pepr and a webhook on controller-runtime, each with the same reviews, in turn. */
export async function measureWebhook(
  settings: WebhookBenchSettings,
  places: WebhookBenchPlaces,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  const plane = await openWebhookPlane(places.controlPlane, namespace);
  const reviews = new Map(sizes.map((size) => [size, makeReview(size * 1000)]));
  const plan = { connections, reviews, seconds: settings.loadSeconds };
  const rounds = new Map<string, ContenderRound[]>();
  try {
    const own = ownContender(plane, namespace, directory);
    const wanted = await using([own], async ([running]) => patchAll(running, plan));
    const [[size, pod] = []] = [...wanted];
    if (size === undefined || pod === undefined) throw new Error("there are no reviews");
    const addition = readAddition(String(reviews.get(size)), pod);
    const certificate = await PeerCertificate.issue(directory);
    const options = { kubeconfig: plane.kubeconfig, certificate, addition };
    const contenders = [
      own,
      controllerRuntimeContender({ ...options, folder: places.controllerRuntime, patch: "compared" }),
      controllerRuntimeContender({ ...options, folder: places.controllerRuntime, patch: "direct" }),
      peprContender({ ...options, folder: places.pepr }),
    ];
    for (let round = 1; round <= settings.rounds; round += 1) {
      say(`round ${round} of ${settings.rounds}`);
      const measured = await using(contenders, async (running) => {
        for (const webhook of running)
          assert.deepEqual(await patchAll(webhook, plan), wanted, "webhooks patch differently");
        return measureRound(running, plan, directory);
      });
      for (const [index, { name }] of contenders.entries())
        rounds.set(name, [...(rounds.get(name) ?? []), ...measured.slice(index, index + 1)]);
    }
  } finally {
    await plane.close();
    await rm(directory, { recursive: true, force: true });
  }
  return webhookFigures(rounds);
}

async function patchAll(
  webhook: RunningWebhook | undefined,
  { reviews }: LoadPlan,
): Promise<Map<number, PatchedPod>> {
  if (!webhook) throw new Error("no webhook runs");
  const pods = new Map<number, PatchedPod>();
  for (const [size, review] of reviews)
    pods.set(size, readPatchedPod(String(review), await askWebhook(webhook.target, review)));
  return pods;
}

/** Starts them one after the other, and ends all of them. */
async function using<T>(
  contenders: readonly Contender[],
  work: (running: readonly RunningWebhook[]) => Promise<T>,
): Promise<T> {
  const running: RunningWebhook[] = [];
  try {
    for (const contender of contenders) running.push(await contender.start());
    return await work(running);
  } finally {
    for (const { program } of running) await program.stop();
  }
}
