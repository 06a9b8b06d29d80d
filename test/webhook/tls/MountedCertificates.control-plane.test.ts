import assert from "node:assert/strict";
import { mkdtemp, rename, rm, symlink, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { systemRandom } from "../../../runtime/systemRandom.ts";
import type { SigningPair } from "../../../webhook/tls/CertificateAuthority.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";
import { MountedCertificates } from "../../../webhook/tls/MountedCertificates.ts";
import { splitCertificates } from "../../../webhook/tls/splitCertificates.ts";
import type { WebhookConfiguration } from "../../../webhook/tls/WebhookConfiguration.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { eventually } from "../../runtime/eventually.ts";
import { handshake } from "./handshake.ts";

const control = await useControlPlane(import.meta.url);
const name = "webhook.stellar-system.svc";
const patience = 20_000;

/** A replica whose certificate is mounted, as the kubelet mounts a Secret: all of it is replaced at once. */
class MountedReplica {
  readonly log = new RecordedLog();
  readonly served: SigningPair[] = [];
  readonly certificates: MountedCertificates;
  readonly #directory: string;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;
  #generation = 0;

  private constructor(directory: string, api: HttpKubeApi, webhookConfiguration: string) {
    this.#directory = directory;
    this.certificates = new MountedCertificates({
      api,
      clock: systemClock,
      random: systemRandom,
      log: this.log,
      directory,
      webhookConfiguration,
      onCertificate: (certificate) => this.served.push(certificate),
    });
    this.#running = this.certificates.run(this.#ending.signal).catch((error: unknown) => {
      if (!this.#ending.signal.aborted) throw error;
    });
  }

  static async start(api: HttpKubeApi, webhookConfiguration: string): Promise<MountedReplica> {
    const directory = await mkdtemp(join(tmpdir(), "mounted-certificates-"));
    for (const file of ["tls.crt", "tls.key", "ca.crt"])
      await symlink(`..data/${file}`, join(directory, file));
    return new MountedReplica(directory, api, webhookConfiguration);
  }

  async mount(leaf: SigningPair, authority: string): Promise<void> {
    const folder = `..${(this.#generation += 1)}`;
    await mkdir(join(this.#directory, folder));
    const files = { "tls.crt": leaf.certificate, "tls.key": leaf.privateKey, "ca.crt": authority };
    for (const [file, text] of Object.entries(files))
      await writeFile(join(this.#directory, folder, file), text);
    await symlink(folder, join(this.#directory, "..new"));
    await rename(join(this.#directory, "..new"), join(this.#directory, "..data"));
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await rm(this.#directory, { recursive: true });
  }
}

describe("a mounted certificate on a real API server", { skip: control.skip, timeout: 120_000 }, () => {
  let api: HttpKubeApi;
  let one: MountedReplica;
  let two: MountedReplica;
  let authority: SigningPair;
  const configuration = control.prefix;
  const call = { signal: AbortSignal.timeout(120_000) };
  const reference = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    name: configuration,
  };

  async function bundle(): Promise<string> {
    const { webhooks = [] } = await api.get<WebhookConfiguration>(reference, call);
    return Buffer.from(webhooks[0]?.clientConfig?.caBundle ?? "", "base64").toString();
  }

  before(async () => {
    if (control.skip) return;
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    const rule = {
      apiGroups: ["none.invalid"],
      apiVersions: ["v1"],
      operations: ["CREATE"],
      resources: ["nones"],
    };
    const configured = {
      apiVersion: reference.apiVersion,
      kind: reference.kind,
      metadata: { name: configuration },
      webhooks: [
        {
          name: "pods.peer-discovery.stellar.org",
          clientConfig: { service: { namespace: "default", name: "webhook", path: "/mutate" } },
          admissionReviewVersions: ["v1"],
          sideEffects: "None",
          rules: [rule],
        },
      ],
    };
    await api.create(configured, call);
    authority = await issueAuthority(Date.now());
    one = await MountedReplica.start(api, configuration);
    two = await MountedReplica.start(api, configuration);
  });
  after(async () => {
    if (control.skip) return;
    await Promise.all([one.stop(), two.stop()]);
    await api.delete(reference, call);
    api.close();
  });

  it("is waited for, with a line that says what to look at", async () => {
    await eventually("it is told", patience, () =>
      one.log.about("tls.failed").some(({ message }) => /Certificate has been issued/.test(message)),
    );
    assert.equal(one.certificates.ready(), false);
    assert.equal(one.log.about("tls.failed").length, 1);
  });

  it("is served, and its CA trusted, once it is there", async () => {
    const leaf = await issueLeaf(authority, [name], Date.now());
    for (const replica of [one, two]) await replica.mount(leaf, authority.certificate);
    await eventually("both are ready", patience, () =>
      [one, two].every(({ certificates }) => certificates.ready()),
    );
    assert.deepEqual(splitCertificates(await bundle()), splitCertificates(authority.certificate));
    const [served] = one.served;
    assert.ok(served);
    assert.equal(await handshake(served, await bundle(), name), undefined);
  });

  it("of another CA is trusted beside the old one while the other replica still has that, and served then", async () => {
    const next = await issueAuthority(Date.now());
    const leaf = await issueLeaf(next, [name], Date.now());
    await one.mount(leaf, next.certificate);
    await eventually("the first replica serves it", patience, () => one.served.length === 2);
    const trusted = await bundle();
    for (const { served } of [one, two]) {
      const last = served.at(-1);
      assert.ok(last);
      assert.equal(await handshake(last, trusted, name), undefined);
    }
    assert.ok(one.certificates.ready() && two.certificates.ready());
    await two.mount(leaf, next.certificate);
    await eventually("the other one, too", patience, () => two.served.length === 2);
    authority = next;
  });

  it("that can't be used leaves the last one as it is", async () => {
    const [good, other] = [
      await issueLeaf(authority, [name], Date.now()),
      await issueLeaf(authority, [name], Date.now()),
    ];
    await one.mount({ certificate: good.certificate, privateKey: other.privateKey }, authority.certificate);
    await eventually("it is told", patience, () =>
      one.log.about("tls.failed").some(({ message }) => /does not belong/.test(message)),
    );
    assert.equal(one.served.length, 2);
    assert.ok(one.certificates.ready());
  });

  it("has its CA back in a wiped caBundle within five seconds", async () => {
    const path = "/webhooks/0/clientConfig/caBundle";
    await api.patch(reference, { type: "json", body: [{ op: "remove", path }] }, call);
    await eventually("it is back", 5_000, async () =>
      (await bundle()).includes(authority.certificate.trim()),
    );
  });
});
