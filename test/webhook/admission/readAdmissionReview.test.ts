import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { readAdmissionReview } from "../../../webhook/admission/readAdmissionReview.ts";
import { admissionReview } from "./admissionReview.ts";

test("a request is read whole", () => {
  const result = readAdmissionReview(Buffer.from(JSON.stringify(admissionReview({ dryRun: true }))));
  assert.ok(result.ok);
  const { uid, kind, operation, namespace, dryRun, subResource } = result.request;
  assert.equal(uid, "705ab4f5-6393-11e8-b7cc-42010a800002");
  assert.deepEqual(
    [kind, operation, namespace, dryRun, subResource],
    ["Pod", "CREATE", "validators", true, ""],
  );
});

test("no bytes make it throw, and what it accepts has a uid", () => {
  const bytes = JSON.stringify(admissionReview());
  const mutated = fc
    .tuple(fc.nat(bytes.length), fc.nat(40), fc.string({ maxLength: 10 }))
    .map(([at, length, text]) => bytes.slice(0, at) + text + bytes.slice(at + length));
  fc.assert(
    fc.property(fc.oneof(mutated, fc.json(), fc.string()), (text) => {
      const result = readAdmissionReview(Buffer.from(text));
      if (result.ok) assert.notEqual(result.request.uid, "");
      else assert.notEqual(result.detail, "");
    }),
    { numRuns: 5000 },
  );
});
