import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { buildResponse } from "../../../webhook/admission/buildResponse.ts";
import { decideRequest } from "../../../webhook/admission/decideRequest.ts";
import { readAdmissionReview } from "../../../webhook/admission/readAdmissionReview.ts";
import { arbitraryPods } from "../inject/arbitraryPods.ts";
import { goldenCases } from "../inject/goldenCases.ts";
import { injectionContext } from "../inject/injectionContext.ts";
import { patchPod } from "../inject/patchPod.ts";
import { admissionReview } from "./admissionReview.ts";
import { mutatedJson } from "../../fuzz/mutatedJson.ts";

/** By hand, `npm run test:fuzz` draws a hundred thousand. */
const runs = Number(process.env["FUZZ"] ?? 3_000);

const real = goldenCases().map(({ pod }) => admissionReview({ object: pod }));
const drawn = arbitraryPods.map((object) => admissionReview({ object }));
const context = injectionContext();

/** What the server would send for this body: undefined where it refuses. Throws on what must not be. */
function answer(text: string): void {
  const result = readAdmissionReview(Buffer.from(text));
  if (!result.ok) return assert.notEqual(result.detail, "");
  const { request } = result;
  const decision = decideRequest(request, context);
  const response = buildResponse(request.uid, decision);
  assert.equal(response.uid, request.uid);
  assert.equal(JSON.parse(JSON.stringify(response)).uid, request.uid);
  if (decision.action !== "inject") {
    assert.equal(response.patch, undefined);
    assert.notEqual(decision.detail, "");
    return;
  }
  const patched = patchPod(request.object, decision);
  const again = decideRequest({ ...request, object: patched }, context);
  assert.equal(again.action === "skip" && again.reason, "already-injected");
}

it(`${runs} drawn and mutated reviews never make it crash, lose the uid or give a patch that does not fit`, () => {
  const texts = fc.oneof(
    mutatedJson(real).map((review) => JSON.stringify(review)),
    drawn.map((review) => JSON.stringify(review)),
    fc.json(),
  );
  fc.assert(fc.property(texts, answer), { numRuns: runs });
});
