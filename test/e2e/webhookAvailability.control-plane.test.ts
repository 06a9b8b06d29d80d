import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { authoritySecret, type Secret } from "../../webhook/tls/authoritySecret.ts";
import type { CertificateAuthority } from "../../webhook/tls/CertificateAuthority.ts";
import { issueAuthority } from "../../webhook/tls/issueAuthority.ts";
import { readAuthority } from "../../webhook/tls/readAuthority.ts";
import { readCaBundles } from "../../webhook/tls/readCaBundles.ts";
import type { WebhookConfiguration } from "../../webhook/tls/WebhookConfiguration.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { Balancer } from "./Balancer.ts";
import { RealPlane } from "./RealPlane.ts";
import { WebhookReplica } from "./WebhookReplica.ts";

interface Configured extends KubeObject {
  readonly webhooks?: readonly { readonly clientConfig: { readonly service?: unknown } }[];
}

const control = await useControlPlane(import.meta.url);
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** In each of the graceful cases. By hand, `npm run test:availability` creates five thousand. */
const atLeast = Number(process.env["PODS"] ?? 400);
const clients = 4;

describe(
  "two webhook replicas, and pods created throughout",
  { skip: control.skip, timeout: 900_000 },
  () => {
    const fullname = control.prefix;
    const configuration = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingWebhookConfiguration",
      name: fullname,
    };
    let service: unknown;
    const replicas = new Map<string, WebhookReplica>();
    let directory: string;
    let plane: RealPlane;
    let system: string;
    let namespace: string;
    let balancer: Balancer;
    let created = 0;
    let bare: string[] = [];
    const call = { signal: AbortSignal.timeout(900_000) };

    /** The server is asked as for a real creation, and stores nothing. */
    async function createPod(): Promise<void> {
      const name = `v${(created += 1)}`;
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { namespace, name, labels: { [labels.nodeType]: "Validator" } },
        spec: { containers: [{ name: "core", image: "registry.example/core:1" }] },
      };
      const made: KubeObject = await plane.api.create<KubeObject>(pod, { ...call, dryRun: true });
      if (made.metadata.labels?.[labels.injected] !== "true") bare.push(name);
    }

    /** Creates pods until the work is done and there were enough; resolves with how many, and those without an agent. */
    async function throughout(work: () => Promise<void>): Promise<{ pods: number; bare: readonly string[] }> {
      const first = created;
      bare = [];
      const done = new AbortController();
      const client = async (): Promise<void> => {
        while (!done.signal.aborted || created - first < atLeast) await createPod();
      };
      const working = work().finally(() => done.abort());
      await Promise.all([working, ...Array.from({ length: clients }, client)]);
      return { pods: created - first, bare };
    }

    const refresh = (): void => {
      balancer.backends = [...replicas.values()].map(({ port }) => port);
    };
    const start = async (pod: string): Promise<void> => {
      const program = folder("../../dist/webhook.js");
      const own = { plane, namespace: system, program, directory, fullname, pod };
      const replica = await WebhookReplica.start({ ...own, called: false, drainDelay: "3s" });
      await eventually(`${pod} is ready`, 30_000, () => replica.ready());
      replicas.set(pod, replica);
      refresh();
    };
    /** As a rolling update ends a pod: it is told to, and a second later nobody is sent to it any more. */
    const stop = async (pod: string): Promise<void> => {
      const replica = replicas.get(pod);
      assert.ok(replica);
      const stopped = replica.process.stop();
      await systemClock.sleep(1000, call.signal);
      replicas.delete(pod);
      refresh();
      assert.equal((await stopped).code, 0);
    };
    const tell = (what: string, { pods, bare: without }: { pods: number; bare: readonly string[] }): void =>
      console.log(`${what}: ${without.length} of ${pods} pods without an agent`);

    /** The bar is 5 s from now. */
    const injectedAgain = async (what: string): Promise<void> => {
      const since = performance.now();
      await eventually("pods are injected again", 5_000, async () => {
        bare = [];
        await createPod();
        return bare.length === 0;
      });
      console.log(`${what}: injection was back after ${(performance.now() - since).toFixed(0)} ms`);
    };

    before(async () => {
      if (control.skip) return;
      directory = await mkdtemp(join(tmpdir(), "availability-"));
      system = await control.namespace("system");
      namespace = await control.namespace("validators", {
        [labels.injection]: "enabled",
        "test-run": fullname,
      });
      const { url, ca, token, kubeconfig, helm } = control;
      const chart = folder("../../charts/stellar-peer-discovery");
      plane = new RealPlane({ url, ca, token, kubeconfig, helm, chart, close: () => Promise.resolve() });
      const values = [`fullnameOverride=${fullname}`, `namespaceSelector.test-run=${fullname}`];
      await helm(["install", fullname, chart, "-n", system, ...values.flatMap((value) => ["--set", value])]);
      const { webhooks = [] } = await plane.api.get<Configured>(configuration, call);
      service = webhooks[0]?.clientConfig.service;
      balancer = await Balancer.open();
      await WebhookReplica.call(plane, fullname, balancer.port);
      await Promise.all(["one", "two"].map(start));
      await eventually("pods are injected", 20_000, async () => {
        bare = [];
        await createPod();
        return bare.length === 0;
      });
    });
    after(async () => {
      if (control.skip) return;
      for (const { process } of replicas.values()) await process.stop();
      await balancer?.close();
      await control.helm(["uninstall", fullname, "-n", system]);
      await plane.close();
      await rm(directory, { recursive: true, force: true });
    });

    it("miss none while the CA is rotated: the next one staged, then signing", async () => {
      const secret = { apiVersion: "v1", kind: "Secret", namespace: system, name: `${fullname}-ca` };
      const write = async (
        change: (authority: CertificateAuthority) => CertificateAuthority,
      ): Promise<void> => {
        const stored = await plane.api.get<Secret>(secret, call);
        const reading = readAuthority(stored, systemClock.now());
        assert.ok(reading.ok);
        await plane.api.update(authoritySecret(secret, change(reading.authority), stored), call);
      };
      const next = await issueAuthority(systemClock.now());
      const served = (): number =>
        [...replicas.values()].filter(({ process }) => process.logged("tls.leaf").length >= 2).length;
      const result = await throughout(async () => {
        await write(({ signing }) => ({ signing, next, previous: [] }));
        await eventually("both are trusted", 10_000, async () => {
          const bundles = readCaBundles(await plane.api.get<WebhookConfiguration>(configuration, call));
          return bundles.every((bundle) => bundle.includes(next.certificate.trim()));
        });
        await write(({ signing }) => ({ signing: next, next: undefined, previous: [signing.certificate] }));
        await eventually("both serve certificates of the new one", 10_000, () => served() === 2);
      });
      tell("CA rotated, leaves renewed", result);
      assert.deepEqual(result.bare, []);
    });

    it("miss none while both are replaced, one after the other", async () => {
      const result = await throughout(async () => {
        await start("three");
        await stop("one");
        await start("four");
        await stop("two");
      });
      tell("rolling restart", result);
      assert.deepEqual(result.bare, []);
    });

    it("have injection back within five seconds when somebody wipes the caBundle", async () => {
      const path = "/webhooks/0/clientConfig/caBundle";
      const removal = JSON.stringify([{ op: "remove", path }]);
      await control.kubectl([
        "patch",
        "mutatingwebhookconfiguration",
        fullname,
        "--type=json",
        "-p",
        removal,
      ]);
      await injectedAgain("caBundle wiped by hand");
    });

    it("have injection back within five seconds after each of two upgrades by helm", async () => {
      const chart = folder("../../charts/stellar-peer-discovery");
      for (const level of ["debug", "info"]) {
        const values = ["--reuse-values", "--set", `webhook.logLevel=${level}`];
        // As the chart made it; a Service has no address here.
        const restore = [
          { op: "remove", path: "/webhooks/0/clientConfig/url" },
          { op: "add", path: "/webhooks/0/clientConfig/service", value: service },
        ];
        await plane.api.patch(configuration, { type: "json", body: restore }, call);
        await control.helm(["upgrade", fullname, chart, "-n", system, ...values]);
        await WebhookReplica.call(plane, fullname, balancer.port);
        await injectedAgain("helm upgrade");
      }
    });

    it("lose no more than those under way when one is killed, and refuse none", async () => {
      const result = await throughout(async () => {
        const killed = replicas.get("three");
        assert.ok(killed);
        killed.process.kill("SIGKILL");
        await killed.process.exited;
        // Until a probe has failed, connections still go there.
        await systemClock.sleep(2000, call.signal);
        replicas.delete("three");
        refresh();
        await start("five");
      });
      tell("SIGKILL of one", result);
      await eventually("all are injected again", 10_000, async () => {
        bare = [];
        for (let pod = 0; pod < 20; pod += 1) await createPod();
        return bare.length === 0;
      });
    });
  },
);
