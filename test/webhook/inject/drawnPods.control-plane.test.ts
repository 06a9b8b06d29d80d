import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as fc from "fast-check";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { mutatedJson } from "../../fuzz/mutatedJson.ts";
import { arbitraryPods } from "./arbitraryPods.ts";
import { goldenCases } from "./goldenCases.ts";
import { injectionContext } from "./injectionContext.ts";
import { patchPod } from "./patchPod.ts";

const control = await useControlPlane(import.meta.url);
const runs = Number(process.env["PODS"] ?? 300);

describe("a pod that the real API server accepts", { skip: control.skip, timeout: 600_000 }, () => {
  let api: HttpKubeApi;
  let namespace: string;
  let injected = 0;

  /** What the server says of the pod, stored nowhere. */
  async function verdict(pod: unknown): Promise<string> {
    const object = pod as KubeObject;
    const metadata = { ...object.metadata, namespace, name: "drawn" };
    try {
      await api.create<KubeObject>(
        { ...object, apiVersion: "v1", kind: "Pod", metadata },
        { signal: AbortSignal.timeout(20_000), dryRun: true },
      );
      return "accepted";
    } catch (error) {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) return error.message;
      throw error;
    }
  }

  before(async () => {
    if (control.skip) return;
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    namespace = await control.namespace("drawn");
  });
  after(() => {
    if (!control.skip) api.close();
  });

  it(`is accepted with the agent too (${runs} pods, drawn and mutated)`, async () => {
    const golden = goldenCases().map(({ pod }) => pod);
    const pods = fc.oneof(arbitraryPods, mutatedJson(golden));
    await fc.assert(
      fc.asyncProperty(pods, async (pod) => {
        const decision = planInjection(pod, injectionContext());
        if (decision.action !== "inject" || (await verdict(pod)) !== "accepted") return;
        injected += 1;
        assert.equal(await verdict(patchPod(pod, decision)), "accepted");
      }),
      { numRuns: runs },
    );
    assert.ok(injected > runs / 20, `only ${injected} of ${runs} came to be injected`);
  });
});
