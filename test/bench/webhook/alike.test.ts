import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeReview } from "../../../bench/handler/makeReview.ts";
import { controllerRuntime } from "../../../bench/peers/controllerRuntime.ts";
import { askWebhook } from "../../../bench/webhook/askWebhook.ts";
import type { RunningWebhook } from "../../../bench/webhook/Contender.ts";
import { controllerRuntimeContender } from "../../../bench/webhook/controllerRuntimeContender.ts";
import { PeerCertificate } from "../../../bench/webhook/PeerCertificate.ts";
import { readAddition } from "../../../bench/webhook/readAddition.ts";
import { readPatchedPod } from "../../../bench/webhook/readPatchedPod.ts";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import { buildResponse } from "../../../webhook/admission/buildResponse.ts";
import { findBinaries } from "../../control-plane/findBinaries.ts";
import { kubeconfigText } from "../../e2e/kubeconfigText.ts";
import { injectionContext } from "../../webhook/inject/injectionContext.ts";

const folder = await findBinaries(process.env, controllerRuntime);
const skip = folder === undefined && "no webhook on controller-runtime: `npm run bench -- webhook` builds it";
const reviews = [2, 10, 100].map((size) => String(makeReview(size * 1000)));

/** The pod that our decision makes of a review's. */
function ownPod(review: string): ReturnType<typeof readPatchedPod> {
  const { object, uid } = (JSON.parse(review) as { request: { object: unknown; uid: string } }).request;
  const response = buildResponse(uid, planInjection(object, injectionContext()));
  return readPatchedPod(review, JSON.stringify({ response }));
}

for (const patch of ["compared", "direct"] as const)
  describe(`the webhook on controller-runtime that the benchmark measures (patch ${patch})`, { skip }, () => {
    let directory: string;
    let running: RunningWebhook;

    before(async () => {
      if (folder === undefined) return;
      directory = await mkdtemp(join(tmpdir(), "alike-"));
      // It makes no call to the API server.
      const kubeconfig = join(directory, "kubeconfig");
      const certificate = await PeerCertificate.issue(directory);
      await writeFile(
        kubeconfig,
        kubeconfigText({ url: "https://127.0.0.1:1", ca: certificate.ca, token: "-" }),
      );
      const [review = ""] = reviews;
      const addition = readAddition(review, ownPod(review));
      running = await controllerRuntimeContender({
        folder,
        kubeconfig,
        certificate,
        addition,
        patch,
      }).start();
    });
    after(async () => {
      if (folder === undefined) return;
      await running?.program.stop();
      await rm(directory, { recursive: true, force: true });
    });

    for (const review of reviews)
      it(`makes the same pod as ours of a review of ${review.length} bytes`, async () => {
        const answer = await askWebhook(running.target, Buffer.from(review));
        const pod = readPatchedPod(review, answer);
        assert.deepEqual(pod, ownPod(review));
        assert.ok(JSON.stringify(pod).includes('"name":"peer-agent"'));
      });
  });
