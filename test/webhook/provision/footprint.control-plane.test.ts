import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { labels } from "../../../contract/labels.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { ConfigMap } from "../../../webhook/provision/ConfigMap.ts";
import { makePeer } from "../../agent/publish/makePeer.ts";
import { makeStored } from "../../agent/publish/makeStored.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { readWebhookFlags } from "../../e2e/readWebhookFlags.ts";
import { RealPlane } from "../../e2e/RealPlane.ts";
import { WebhookReplica } from "../../e2e/WebhookReplica.ts";
import { eventually } from "../../runtime/eventually.ts";

const control = await useControlPlane(import.meta.url);
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** By hand, `npm run test:namespaces` takes five hundred. */
const count = Number(process.env["NAMESPACES"] ?? 40);
const validators = 20;
const bound = 150;
const changes = 3;

describe(
  `the webhook's process with ${count} labelled namespaces and a list of ${validators} validators`,
  { skip: control.skip, timeout: 900_000 },
  () => {
    const fullname = control.prefix;
    const call = { signal: AbortSignal.timeout(900_000) };
    let directory: string;
    let system: string;
    let plane: RealPlane;
    let replica: WebhookReplica;

    const resident = async (): Promise<number> => {
      const response = await fetch(`${replica.probeUrl}/metrics`, { signal: AbortSignal.timeout(10_000) });
      const found = /^stellar_peer_webhook_process_resident_memory_bytes (\S+)$/m.exec(await response.text());
      return Number(found?.[1] ?? Number.NaN) / 1e6;
    };
    const copies = async (): Promise<readonly ConfigMap[]> => {
      const labelSelector = `${labels.provisionedFor}=${system}`;
      const collection = { apiVersion: "v1", kind: "ConfigMap", labelSelector };
      const { items } = await plane.api.list<ConfigMap>(collection, call);
      return items.filter(({ metadata }) => metadata.namespace !== system);
    };

    before(async () => {
      if (control.skip) return;
      directory = await mkdtemp(join(tmpdir(), "footprint-"));
      system = await control.namespace("system");
      const { url, ca, token, kubeconfig, helm } = control;
      const chart = folder("../../../charts/stellar-peer-discovery");
      plane = new RealPlane({ url, ca, token, kubeconfig, helm, chart, close: () => Promise.resolve() });
      const values = `fullnameOverride=${fullname},namespaceSelector.test-run=${fullname}`;
      await helm(["install", fullname, chart, "-n", system, "--set", values]);
      const numbers = Array.from({ length: count }, (_, index) => index);
      const own = { "test-run": fullname, [labels.injection]: "enabled" };
      const create = async (): Promise<void> => {
        for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
          const metadata = { name: `${control.prefix}-n${number}`, labels: own };
          await plane.api.create<KubeObject>({ apiVersion: "v1", kind: "Namespace", metadata }, call);
        }
      };
      await Promise.all(Array.from({ length: 10 }, create));
      const program = folder("../../../dist/webhook.js");
      const circumstances = { flags: await readWebhookFlags() };
      const options = { plane, namespace: system, program, directory, fullname, circumstances };
      replica = await WebhookReplica.start(options);
    });
    after(async () => {
      if (control.skip) return;
      await replica?.process.stop();
      await control.helm(["uninstall", fullname, "-n", system]);
      await plane.close();
      await rm(directory, { recursive: true, force: true });
    });

    it(`stays under ${bound} MB while the list changes again and again`, async () => {
      await eventually("all have a copy", 120_000, async () => (await copies()).length === count);
      const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: system, name: "stellar-peers" };
      const seen: number[] = [];
      for (let change = 1; change <= changes; change += 1) {
        const peers = Array.from({ length: validators + change }, (_, index) => makePeer(index));
        const { data, metadata } = makeStored(peers, `1.${change}`);
        const body = { data, metadata: { annotations: metadata.annotations } };
        await plane.api.patch(reference, { type: "merge", body }, call);
        await eventually("all copies follow", 120_000, async () => {
          seen.push(await resident());
          return (await copies()).every((copy) => copy.data?.["revision"] === `1.${change}`);
        });
      }
      const most = Math.max(...seen);
      console.log(`the webhook's process with ${count} namespaces: at most ${most.toFixed(0)} MB resident`);
      assert.ok(most < bound, `${most.toFixed(0)} MB`);
    });
  },
);
