import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { authoritySecret, type Secret } from "../../../webhook/tls/authoritySecret.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import type { WebhookConfiguration } from "../../../webhook/tls/WebhookConfiguration.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { handshake } from "./handshake.ts";
import { Replica } from "./Replica.ts";

const control = await useControlPlane(import.meta.url);
const names = ["one.peer-discovery.stellar.org", "two.peer-discovery.stellar.org"];

describe("the serving certificates of two replicas", { skip: control.skip, timeout: 120_000 }, () => {
  let api: HttpKubeApi;
  let namespace: string;
  let configuration: string;
  let replicas: Replica[] = [];
  let round = 0;
  const call = { signal: AbortSignal.timeout(120_000) };
  const secret = () => ({ apiVersion: "v1", kind: "Secret", namespace, name: "webhook-ca" });
  const reference = () => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    name: configuration,
  });
  const readSecret = async (): Promise<Secret> => api.get<Secret>(secret(), call);

  /** As a chart makes it: with no caBundle. The selector matches no namespace there is. */
  const configured = (): KubeObject & { readonly webhooks: readonly object[] } => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: configuration },
    webhooks: names.map((name) => ({
      name,
      clientConfig: { service: { namespace, name: "webhook", path: "/mutate" } },
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      rules: [
        { apiGroups: ["none.invalid"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nones"] },
      ],
    })),
  });

  async function bundles(): Promise<string[]> {
    const { webhooks = [] } = await api.get<WebhookConfiguration>(reference(), call);
    return webhooks.map(({ clientConfig }) => Buffer.from(clientConfig?.caBundle ?? "", "base64").toString());
  }

  const start = (count = 2): void => {
    replicas = Array.from({ length: count }, () => new Replica(api, namespace, configuration));
  };
  const ready = async (): Promise<void> => {
    await eventually("all replicas are ready", 10_000, () =>
      replicas.every(({ certificates }) => certificates.ready()),
    );
  };

  before(() => {
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
  });
  beforeEach(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    round += 1;
    namespace = await control.namespace(`round-${round}`);
    configuration = `${control.prefix}-${round}`;
    await api.create(configured(), call);
  });
  after(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    for (let number = 1; number <= round; number += 1)
      await api.delete({ ...reference(), name: `${control.prefix}-${number}` }, call);
    api.close();
  });

  it("share one CA, whichever was first, and are trusted by every webhook's caBundle", async () => {
    start();
    await ready();
    const [one, two] = await bundles();
    assert.equal(one, two);
    for (const { served } of replicas) {
      const [certificate] = served;
      assert.ok(certificate, "a certificate is served");
      for (const name of [`webhook.${namespace}.svc`, `webhook.${namespace}.svc.cluster.local`, "127.0.0.1"])
        assert.equal(
          await handshake(certificate, one ?? "", name === "127.0.0.1" ? "" : name),
          undefined,
          name,
        );
      assert.match((await handshake(certificate, one ?? "", "elsewhere.svc")) ?? "", /altnames/);
    }
    const created = replicas
      .flatMap(({ log }) => log.about("tls.ca"))
      .filter(({ message }) => /created/.test(message));
    assert.equal(created.length, 1, JSON.stringify(created));
  });

  it("write a wiped caBundle again within five seconds", async () => {
    start();
    await ready();
    const [before] = await bundles();
    const path = "/webhooks/1/clientConfig/caBundle";
    await api.patch(reference(), { type: "json", body: [{ op: "remove", path }] }, call);
    await eventually("the caBundle is back", 5000, async () => (await bundles())[1] === before);
  });

  it("let another field manager apply the configuration without losing the caBundle", async () => {
    start();
    await ready();
    const before = await bundles();
    const patch = { type: "apply", body: configured(), fieldManager: "gitops", force: true } as const;
    await api.patch(reference(), patch, call);
    assert.deepEqual(await bundles(), before);
  });

  it("restore the same CA when its Secret is deleted", async () => {
    start();
    await ready();
    const before = await readSecret();
    await api.delete(secret(), call);
    const after = await eventually("the Secret is back", 5000, () => readSecret().catch(() => undefined));
    assert.deepEqual(after.data, before.data);
  });

  it("restore the same CA when its Secret is spoilt, or of a type that can't be kept", async () => {
    start();
    await ready();
    const before = await readSecret();
    await api.patch(secret(), { type: "merge", body: { data: { "tls.key": "bm8=" } } }, call);
    await eventually(
      "the key is back",
      5000,
      async () => (await readSecret()).data?.["tls.key"] === before.data?.["tls.key"],
    );
    await api.delete(secret(), call);
    const other = { ...secret(), metadata: { namespace, name: "webhook-ca" }, type: "Opaque" };
    await api.create(other, call).catch(() => undefined);
    await eventually("the CA is back", 5000, async () => {
      const { type, data } = await readSecret();
      return type === "kubernetes.io/tls" && data?.["tls.crt"] === before.data?.["tls.crt"];
    });
  });

  it("serve before the configuration is there, and are ready once it is", async () => {
    await api.delete(reference(), call);
    start(1);
    const [replica] = replicas;
    assert.ok(replica);
    await eventually("a certificate is served", 10_000, () => replica.served.length === 1);
    assert.equal(replica.certificates.ready(), false);
    await api.create(configured(), call);
    await ready();
  });

  it("take up another CA once it is trusted, when somebody puts one in the Secret's place", async () => {
    start();
    await ready();
    const other = await issueAuthority(systemClock.now());
    const authority = { signing: other, next: undefined, previous: [] };
    await api.update(authoritySecret(secret(), authority, await readSecret()), call);
    await eventually("both serve a certificate of the other CA", 10_000, async () => {
      const outcomes = replicas.map(async ({ served }) => {
        const latest = served.at(-1);
        return latest && handshake(latest, other.certificate, `webhook.${namespace}.svc`);
      });
      return (await Promise.all(outcomes)).every((problem) => problem === undefined);
    });
    await ready();
    assert.deepEqual(await bundles(), [other.certificate, other.certificate]);
  });
});
