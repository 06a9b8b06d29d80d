import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { eventually } from "../../runtime/eventually.ts";
import { failure } from "./failure.ts";
import { FakeWebhook, type ReviewRequest } from "./FakeWebhook.ts";
import type { Suite } from "./Suite.ts";

interface Pod extends KubeObject {
  readonly spec: { readonly restartPolicy?: string; readonly containers: readonly unknown[] };
}

const configurations = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingWebhookConfiguration",
} as const;
/** Nobody listens on the discard port of loopback. */
const nobody = "https://127.0.0.1:9/";
const marked = { op: "add", path: "/metadata/annotations", value: { marked: "yes" } };
const broken = { op: "remove", path: "/spec/none" };

function patchOf(operation: unknown): string {
  return Buffer.from(JSON.stringify([operation])).toString("base64");
}

const answers = {
  "/patches": { allowed: true, patchType: "JSONPatch", patch: patchOf(marked) },
  "/breaks": { allowed: true, patchType: "JSONPatch", patch: patchOf(broken) },
  "/denies": { allowed: false, status: { code: 403, reason: "Forbidden", message: "not today" } },
  "/shrugs": { allowed: false },
};

/** How pods come past mutating webhooks. Each case has a webhook that sees pods of its own label alone. */
export function admissionCases(suite: Suite): void {
  describe("calls a mutating webhook", () => {
    let webhook: FakeWebhook;
    const configuration = () => ({ ...configurations, name: `admission-${suite.namespace}` });
    const pod = (name: string, label: string): Pod => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: suite.namespace, labels: { admission: label } },
      spec: { containers: [{ name: "core", image: "core:1" }] },
    });
    const create = (name: string, label: string, dryRun = false) =>
      suite.api.create(pod(name, label), { ...suite.call, dryRun });
    const requests = (name: string): ReviewRequest[] =>
      webhook.requests.filter(({ request }) => request.name === name).map(({ request }) => request);

    before(async () => {
      webhook = await FakeWebhook.start(answers);
      const { caBundle } = webhook;
      const entry = (label: string, clientConfig: object, failurePolicy: string, selector: object = {}) => ({
        name: `${label}.example.org`,
        clientConfig,
        failurePolicy,
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        timeoutSeconds: 5,
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": suite.namespace }, ...selector },
        objectSelector: { matchLabels: { admission: label } },
      });
      const called = (path: string) => ({ url: `${webhook.url}${path}`, caBundle });
      const elsewhere = { matchExpressions: [{ key: "admission", operator: "Exists" }] };
      const webhooks = [
        entry("patches", called("/patches"), "Fail"),
        entry("breaks", called("/breaks"), "Ignore"),
        entry("denies", called("/denies"), "Ignore"),
        entry("shrugs", called("/shrugs"), "Ignore"),
        entry("fails", { url: nobody, caBundle }, "Fail"),
        entry("ignores", { url: nobody, caBundle }, "Ignore"),
        entry("distrusts", { url: `${webhook.url}/patches` }, "Fail"),
        entry("service", { service: { name: "none", namespace: suite.namespace } }, "Fail"),
        entry("elsewhere", called("/denies"), "Fail", elsewhere),
      ];
      const { apiVersion, kind, name } = configuration();
      await suite.api.create({ apiVersion, kind, metadata: { name }, webhooks } as KubeObject, suite.call);
      await eventually("the server knows the webhooks", 20_000, async () => {
        const { metadata } = await create("trial", "patches", true);
        return metadata.annotations?.["marked"] === "yes";
      });
    });
    after(async () => {
      await suite.api.delete(configuration(), suite.call);
      await webhook.close();
    });

    test("and makes its patch part of the pod", async () => {
      const made = await create("patched", "patches");
      assert.deepEqual(made.metadata.annotations, { marked: "yes" });
      const stored = await suite.api.get(suite.reference("patched", "Pod"), suite.call);
      assert.deepEqual(stored.metadata.annotations, { marked: "yes" });
    });

    test("with the pod as it will be, but for what is given to it last", async () => {
      await create("asked", "patches");
      const [request, ...more] = requests("asked");
      assert.equal(more.length, 0);
      assert.ok(request);
      const { operation, kind, resource, namespace, dryRun } = request;
      assert.deepEqual(
        { operation, kind, resource, namespace, dryRun },
        {
          operation: "CREATE",
          kind: { group: "", version: "v1", kind: "Pod" },
          resource: { group: "", version: "v1", resource: "pods" },
          namespace: suite.namespace,
          dryRun: false,
        },
      );
      const object = request.object as Pod;
      assert.deepEqual([object.metadata.namespace, object.spec.restartPolicy], [suite.namespace, "Always"]);
      assert.deepEqual([object.metadata.uid, object.metadata.resourceVersion], [undefined, undefined]);
    });

    test("in a dry run too, and says so", async () => {
      const made = await create("dry-pod", "patches", true);
      assert.deepEqual(made.metadata.annotations, { marked: "yes" });
      assert.deepEqual(
        requests("dry-pod").map(({ dryRun }) => dryRun),
        [true],
      );
    });

    test("and refuses the pod when it does, with its code and words", async () => {
      const denied = await failure(create("denied", "denies"));
      assert.deepEqual([denied.status, denied.reason], [403, "Forbidden"]);
      assert.match(denied.message, /admission webhook "denies.example.org" denied the request: not today/);
      const shrugged = await failure(create("shrugged", "shrugs"));
      assert.equal(shrugged.status, 400);
      assert.match(shrugged.message, /denied the request without explanation/);
    });

    test("and refuses the pod when the call fails, unless failures are ignored", async () => {
      for (const label of ["fails", "distrusts", "service"]) {
        const failed = await failure(create(`pod-${label}`, label));
        assert.deepEqual([label, failed.status, failed.reason], [label, 500, "InternalError"]);
      }
      assert.ok((await create("ignored", "ignores")).metadata.uid);
    });

    test("and refuses the pod when its patch does not fit, even where failures are ignored", async () => {
      const failed = await failure(create("broken", "breaks"));
      assert.deepEqual([failed.status, failed.reason], [500, "InternalError"]);
    });

    test("only where its selectors fit", async () => {
      assert.ok((await create("free", "nothing")).metadata.uid);
      assert.ok((await create("elsewhere", "elsewhere")).metadata.uid);
      assert.deepEqual([...requests("free"), ...requests("elsewhere")], []);
    });
  });
}
