import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

interface Configuration extends KubeObject {
  readonly webhooks: readonly {
    readonly name: string;
    readonly clientConfig: { readonly url?: string; readonly caBundle?: string };
    readonly sideEffects?: string;
  }[];
}

const configurations = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingWebhookConfiguration",
} as const;

/** Server-side apply. */
export function applyCases(suite: Suite): void {
  test("applies: creates, changes what the manager owns, removes what it no longer names", async () => {
    const apply = (data: Record<string, string>) =>
      suite.api.patch<ConfigMap>(
        suite.reference("apply"),
        { type: "apply", fieldManager: "suite", body: suite.configMap("apply", { data }) },
        suite.call,
      );
    assert.deepEqual((await apply({ a: "1", b: "2" })).data, { a: "1", b: "2" });
    await suite.api.patch(
      suite.reference("apply"),
      { type: "merge", body: { data: { z: "9" } } },
      { ...suite.call, fieldManager: "other" },
    );
    const applied = await apply({ a: "3" });
    assert.deepEqual(applied.data, { a: "3", z: "9" });
    assert.ok(
      applied.metadata.managedFields?.some(
        (entry) => entry.manager === "suite" && entry.operation === "Apply",
      ),
    );
  });

  test("refuses to apply over a field of another manager unless forced", async () => {
    await suite.api.create(suite.configMap("owned", { data: { a: "1" } }), {
      ...suite.call,
      fieldManager: "owner",
    });
    const body = suite.configMap("owned", { data: { a: "2" } });
    const patch = { type: "apply", fieldManager: "suite", body } as const;
    const error = await failure(suite.api.patch(suite.reference("owned"), patch, suite.call));
    assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
    const forced = await suite.api.patch<ConfigMap>(
      suite.reference("owned"),
      { ...patch, force: true },
      suite.call,
    );
    assert.deepEqual(forced.data, { a: "2" });
  });

  test("changes nothing when the same is applied again", async () => {
    const body = suite.configMap("apply-again", { data: { a: "1" } });
    const patch = { type: "apply", fieldManager: "suite", body } as const;
    const first = await suite.api.patch(suite.reference("apply-again"), patch, suite.call);
    const second = await suite.api.patch(suite.reference("apply-again"), patch, suite.call);
    assert.equal(second.metadata.resourceVersion, first.metadata.resourceVersion);
  });

  test("leaves a field that is given up to whoever owns it as well", async () => {
    const apply = (fieldManager: string, data: Record<string, string>) =>
      suite.api.patch<ConfigMap>(
        suite.reference("shared"),
        { type: "apply", fieldManager, body: suite.configMap("shared", { data }) },
        suite.call,
      );
    await apply("one", { a: "1", b: "1" });
    await apply("two", { a: "1" });
    assert.deepEqual((await apply("one", { c: "1" })).data, { a: "1", c: "1" });
    assert.deepEqual((await apply("two", { d: "1" })).data, { c: "1", d: "1" });
  });

  test("takes a field over by force, so that its former manager conflicts from then on", async () => {
    const apply = (fieldManager: string, a: string, force: boolean) =>
      suite.api.patch<ConfigMap>(
        suite.reference("taken"),
        { type: "apply", fieldManager, force, body: suite.configMap("taken", { data: { a } }) },
        suite.call,
      );
    await apply("one", "1", false);
    assert.deepEqual((await apply("two", "2", true)).data, { a: "2" });
    assert.equal((await failure(apply("one", "1", false))).reason, "Conflict");
    assert.deepEqual((await apply("one", "2", false)).data, { a: "2" });
  });

  test("lets an update take a field from whoever applied it", async () => {
    const body = suite.configMap("overwritten", { data: { a: "1", b: "1" } });
    const patch = { type: "apply", fieldManager: "suite", body } as const;
    await suite.api.patch(suite.reference("overwritten"), patch, suite.call);
    const other = { ...suite.call, fieldManager: "other" };
    await suite.api.patch(
      suite.reference("overwritten"),
      { type: "merge", body: { data: { a: "2" } } },
      other,
    );
    const fewer = suite.configMap("overwritten", { data: { b: "1" } });
    const applied = await suite.api.patch<ConfigMap>(
      suite.reference("overwritten"),
      { ...patch, body: fewer },
      suite.call,
    );
    assert.deepEqual(applied.data, { a: "2", b: "1" });
  });

  test("applies one field of one webhook, and leaves all others to whoever set them", async () => {
    const name = `apply-${suite.namespace}`;
    const reference = { apiVersion: configurations.apiVersion, kind: configurations.kind, name };
    const webhook = (name: string) => ({
      name,
      clientConfig: { url: "https://127.0.0.1:9/mutate" },
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      rules: [],
    });
    const { certificate } = await issueAuthority(Date.now());
    const caBundle = Buffer.from(certificate).toString("base64");
    const first = "first.example.org";
    const webhooks = [webhook(first), webhook("second.example.org")];
    await suite.api.create<Configuration>({ ...configurations, metadata: { name }, webhooks }, suite.call);
    try {
      const clientConfig = { caBundle };
      const body = { ...configurations, metadata: { name }, webhooks: [{ name: first, clientConfig }] };
      const patch = { type: "apply", fieldManager: "suite-ca", force: true, body } as const;
      const applied = await suite.api.patch<Configuration>(reference, patch, suite.call);
      assert.deepEqual(
        applied.webhooks.map(({ name, clientConfig, sideEffects }) => ({ name, clientConfig, sideEffects })),
        webhooks.map(({ name, clientConfig: { url }, sideEffects }) => ({
          name,
          clientConfig: name === first ? { url, caBundle } : { url },
          sideEffects,
        })),
      );
      const again = await suite.api.patch<Configuration>(reference, patch, suite.call);
      assert.equal(again.metadata.resourceVersion, applied.metadata.resourceVersion);
    } finally {
      await suite.api.delete(reference, suite.call);
    }
  });
}
