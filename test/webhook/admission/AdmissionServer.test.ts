import assert from "node:assert/strict";
import { Agent } from "node:https";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { AdmissionResponse } from "../../../webhook/admission/AdmissionReview.ts";
import { arbitraryPods } from "../inject/arbitraryPods.ts";
import { injectionContext } from "../inject/injectionContext.ts";
import { admissionReview } from "./admissionReview.ts";
import { selfSigned } from "./selfSigned.ts";
import { TestAdmission } from "./TestAdmission.ts";

const uid = "705ab4f5-6393-11e8-b7cc-42010a800002";
const review = (request?: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(admissionReview(request));

function responseIn(body: string): AdmissionResponse {
  const answer = JSON.parse(body) as { apiVersion: string; kind: string; response: AdmissionResponse };
  assert.deepEqual([answer.apiVersion, answer.kind], ["admission.k8s.io/v1", "AdmissionReview"]);
  return answer.response;
}

describe("AdmissionServer", () => {
  test("answers a validator with a patch and the request's uid", async () => {
    await using admission = await TestAdmission.open();
    const answer = await admission.post(review());
    const response = responseIn(answer.body);
    assert.equal(answer.status, 200);
    assert.deepEqual([response.uid, response.allowed, response.patchType], [uid, true, "JSONPatch"]);
    const patch = JSON.parse(Buffer.from(response.patch ?? "", "base64").toString()) as { op: string }[];
    assert.ok(patch.length > 0);
    assert.deepEqual(admission.counted, ["inject"]);
    const line = admission.lines.find(({ fields }) => fields.event === "pod.injected");
    assert.equal(line?.fields["target"], "validators/validator-0");
  });

  test("judges by the namespace of the request", async () => {
    const seen: string[] = [];
    await using admission = await TestAdmission.open((namespace) => {
      seen.push(namespace);
      return injectionContext({ namespace: { name: namespace, labels: {} } });
    });
    const response = responseIn((await admission.post(review({ namespace: "elsewhere" }))).body);
    assert.deepEqual([seen, response.allowed, response.patch], [["elsewhere"], true, undefined]);
  });

  test("a pod with a wrong annotation is admitted with a warning, or denied where that is asked for", async () => {
    const object = {
      metadata: {
        labels: { "stellar.org/node-type": "Validator" },
        annotations: { "peer-discovery.stellar.org/reload": "sighup" },
      },
      spec: { containers: [{ name: "core" }] },
    };
    let rejectInvalid = false;
    await using admission = await TestAdmission.open(() => injectionContext({ settings: { rejectInvalid } }));
    const admitted = responseIn((await admission.post(review({ object }))).body);
    assert.deepEqual([admitted.allowed, admitted.patch], [true, undefined]);
    assert.match(admitted.warnings?.[0] ?? "", /reload is "sighup"; allowed is auto, http, connect, off/);
    rejectInvalid = true;
    const denied = responseIn((await admission.post(review({ object }))).body);
    assert.deepEqual([denied.uid, denied.allowed, denied.status?.code], [uid, false, 422]);
    assert.match(denied.status?.message ?? "", /sighup/);
  });

  test("a dry run is answered alike", async () => {
    await using admission = await TestAdmission.open();
    const wet = responseIn((await admission.post(review())).body);
    const dry = responseIn((await admission.post(review({ dryRun: true }))).body);
    assert.deepEqual(dry, wet);
    assert.deepEqual(admission.counted, ["inject", "inject (dry run)"]);
  });

  test("other objects, operations and subresources are let through as they are", async () => {
    await using admission = await TestAdmission.open();
    for (const other of [
      { operation: "UPDATE" },
      { kind: { group: "apps", version: "v1", kind: "StatefulSet" } },
      { subResource: "ephemeralcontainers" },
      { object: null },
    ]) {
      const response = responseIn((await admission.post(review(other))).body);
      assert.deepEqual([response.uid, response.allowed, response.patch], [uid, true, undefined]);
    }
  });

  test("what is no review gets a clear 4xx, and the server lives on", async () => {
    await using admission = await TestAdmission.open();
    const wanted: [string | Buffer, string, number, string][] = [
      ["", "application/json", 400, "empty-body"],
      [review().slice(0, 200), "application/json", 400, "not-json"],
      ["hello", "application/json", 400, "not-json"],
      [Buffer.from([0xff, 0xfe, 0x00]), "application/json", 400, "not-json"],
      ["[]", "application/json", 400, "not-an-admission-review"],
      ["null", "application/json", 400, "not-an-admission-review"],
      [JSON.stringify({ kind: "Pod", apiVersion: "v1" }), "application/json", 400, "not-an-admission-review"],
      [
        JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1beta1", request: { uid } }),
        "application/json",
        400,
        "not-an-admission-review",
      ],
      [
        JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1" }),
        "application/json",
        400,
        "no-request",
      ],
      [review({ uid: undefined }), "application/json", 400, "no-uid"],
      [review({ uid: 7 }), "application/json", 400, "no-uid"],
      [review(), "text/plain", 415, "wrong-content-type"],
      [review(), "", 415, "wrong-content-type"],
      [review(), "application/yaml", 415, "wrong-content-type"],
    ];
    for (const [body, contentType, status, reason] of wanted) {
      const answer = await admission.post(body, { contentType });
      assert.deepEqual(
        [answer.status, (JSON.parse(answer.body) as { reason: string }).reason],
        [status, reason],
      );
    }
    assert.equal((await admission.post(review())).status, 200);
    assert.ok(
      admission.lines.filter(({ fields }) => fields.event === "review.invalid").length >= wanted.length,
    );
  });

  test("10 MiB get a 413 and leave the connection usable", async () => {
    await using admission = await TestAdmission.open();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answer = await admission.post(Buffer.alloc(10 * 1024 * 1024, " "), { agent });
    assert.deepEqual(
      [answer.status, (JSON.parse(answer.body) as { reason: string }).reason],
      [413, "too-large"],
    );
    assert.equal((await admission.post(review(), { agent })).status, 200);
    agent.destroy();
  });

  test("a review of 6 MiB is read", async () => {
    await using admission = await TestAdmission.open();
    const padded = `${review()}${" ".repeat(6 * 1024 * 1024)}`;
    assert.equal((await admission.post(padded)).status, 200);
  });

  test("there is nothing but POST /mutate", async () => {
    await using admission = await TestAdmission.open();
    assert.equal((await admission.post("", { method: "GET", contentType: "" })).status, 405);
    assert.equal((await admission.post(review(), { path: "/other" })).status, 404);
  });

  test("a new certificate serves new connections, and those that stand go on", async () => {
    await using admission = await TestAdmission.open();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    assert.equal((await admission.post(review(), { agent })).servedBy, "first");
    admission.server.setCertificate(await selfSigned("second"));
    assert.equal((await admission.post(review(), { agent })).servedBy, "first");
    assert.equal((await admission.post(review())).servedBy, "second");
    agent.destroy();
  });

  test("while draining, calls are answered and their connections ended", async () => {
    await using admission = await TestAdmission.open();
    const agent = new Agent({ keepAlive: true });
    assert.equal((await admission.post(review(), { agent })).headers["connection"], "keep-alive");
    admission.server.drain();
    const answer = await admission.post(review(), { agent });
    assert.deepEqual([answer.status, answer.headers["connection"]], [200, "close"]);
    agent.destroy();
  });

  test("a call that is under way when the server closes is still answered", async () => {
    const admission = await TestAdmission.open();
    const calls = Array.from({ length: 20 }, () =>
      admission.post(`${review()}${" ".repeat(3 * 1024 * 1024)}`),
    );
    await calls[0];
    const closed = admission.server.close();
    const outcomes = await Promise.allSettled(calls);
    await closed;
    for (const outcome of outcomes) {
      // Those whose connection was not yet accepted may be turned away, none cut off half way.
      if (outcome.status === "fulfilled") assert.equal(outcome.value.status, 200);
      else assert.match((outcome.reason as NodeJS.ErrnoException).code ?? "", /ECONNREFUSED|ECONNRESET/);
    }
  });

  test("a fault while judging admits the pod and says so", async () => {
    await using admission = await TestAdmission.open(() => {
      throw new Error("no context");
    });
    const response = responseIn((await admission.post(review())).body);
    assert.deepEqual([response.uid, response.allowed, response.patch], [uid, true, undefined]);
    assert.ok(admission.lines.some(({ level }) => level === "error"));
  });

  test("every answer to a review bears its uid, whatever the object", async () => {
    await using admission = await TestAdmission.open();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const objects = fc.oneof(arbitraryPods, fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(objects, fc.uuid(), async (object, id) => {
        const answer = await admission.post(review({ uid: id, object }), { agent });
        assert.deepEqual([answer.status, responseIn(answer.body).uid], [200, id]);
      }),
      { numRuns: 500 },
    );
    agent.destroy();
  });
});
