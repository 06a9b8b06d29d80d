import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { RealPlane } from "../e2e/RealPlane.ts";
import { WebhookReplica } from "../e2e/WebhookReplica.ts";
import { eventually } from "../runtime/eventually.ts";

/** Alone: other tests' kinds come and go while all are listed. */
const control = await useControlPlane(import.meta.url, { alone: true });
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Kubernetes's own and Helm's record, and what comes and goes by itself. */
const passing =
  /^(Namespace |Event |ConfigMap \S+\/kube-root-ca\.crt$|ServiceAccount VALIDATORS\/default$|ServiceAccount SYSTEM\/default$)/;

describe("all objects of the cluster, before and after", { skip: control.skip, timeout: 180_000 }, () => {
  const fullname = control.prefix;
  let directory: string;
  let system: string;
  let validators: string;
  let plane: RealPlane;
  let replica: WebhookReplica | undefined;
  let initial: readonly string[];
  const tokens = (name: string): string =>
    name.replaceAll(system, "SYSTEM").replaceAll(validators, "VALIDATORS").replaceAll(fullname, "FULLNAME");

  /** Of every kind that the server lists, in this test's namespaces and, under its names, outside of them. */
  async function everything(): Promise<readonly string[]> {
    const kinds = (await control.kubectl(["api-resources", "--verbs=list", "-o", "name"])).trim().split("\n");
    const found: string[] = [];
    const columns = "custom-columns=K:.kind,NS:.metadata.namespace,N:.metadata.name";
    const text = await control.kubectl(["get", kinds.filter((kind) => !kind.startsWith("events")).join(","), "--all-namespaces", "--no-headers", "-o", columns]); // prettier-ignore
    for (const line of text.split("\n")) {
      const [kind = "", namespace = "", name = ""] = line.trim().split(/\s+/);
      const ours = [system, validators].includes(namespace) || name.includes(fullname);
      const key = tokens(`${kind} ${namespace === "<none>" ? "" : `${namespace}/`}${name}`);
      if (ours && !passing.test(key)) found.push(key);
    }
    return found.toSorted();
  }

  const start = async (): Promise<void> => {
    const program = folder("../../dist/webhook.js");
    replica = await WebhookReplica.start({ plane, namespace: system, program, directory, fullname });
    await eventually("it is ready", 30_000, async () => replica?.ready());
  };
  const uninstall = async (): Promise<void> => {
    await replica?.process.stop();
    replica = undefined;
    await control.helm(["uninstall", fullname, "-n", system, "--ignore-not-found"]);
  };
  const install = async (): Promise<void> => {
    const values = `fullnameOverride=${fullname},namespaceSelector.test-run=${fullname}`;
    const chart = folder("../../charts/stellar-peer-discovery");
    await control.helm(["install", fullname, chart, "-n", system, "--set", values]);
  };
  /** Of the provisioner's making, where the README says so. */
  const kept = [
    "ConfigMap SYSTEM/stellar-peers",
    "Lease SYSTEM/stellar-peers",
    "Lease SYSTEM/stellar-peers-provisioner",
    "Secret SYSTEM/FULLNAME-ca",
    "ValidatingAdmissionPolicy FULLNAME-lease-watch",
    "ValidatingAdmissionPolicyBinding FULLNAME-lease-watch",
  ];

  before(async () => {
    if (control.skip) return;
    directory = await mkdtemp(join(tmpdir(), "leftovers-"));
    system = await control.namespace("system");
    validators = await control.namespace("validators", {
      "test-run": fullname,
      [labels.injection]: "enabled",
    });
    const { url, ca, token, kubeconfig, helm } = control;
    const chart = folder("../../charts/stellar-peer-discovery");
    plane = new RealPlane({ url, ca, token, kubeconfig, helm, chart, close: () => Promise.resolve() });
    initial = await everything();
  });
  after(async () => {
    if (control.skip) return;
    await uninstall();
    await plane.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("an installation that served a validator leaves it, its copy and its rights, and what the README names", async () => {
    assert.deepEqual(initial, []);
    await install();
    await start();
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace: validators, name: "v0", labels: { [labels.nodeType]: "Validator" } },
      spec: { nodeName: "node", containers: [{ name: "core", image: "registry.example/core:1" }] },
    };
    await eventually("a pod is injected", 20_000, async () => {
      const made: KubeObject = await plane.api.create<KubeObject>(pod, {
        signal: AbortSignal.timeout(10_000),
        dryRun: true,
      });
      return made.metadata.labels?.[labels.injected] === "true";
    });
    await plane.api.create(pod, { signal: AbortSignal.timeout(10_000) });
    const provisioned = [
      "ClusterRoleBinding FULLNAME-agent",
      "ConfigMap VALIDATORS/stellar-peers",
      "RoleBinding SYSTEM/FULLNAME-agent",
      "RoleBinding VALIDATORS/FULLNAME-agent-events",
    ];
    await eventually("all is provisioned", 20_000, async () => {
      const present = await everything();
      return provisioned.every((one) => present.includes(one));
    });
    await uninstall();
    assert.deepEqual(await everything(), [...kept, ...provisioned, "Pod VALIDATORS/v0"].toSorted());
  });

  it("one whose namespaces lost their label before leaves what the README names alone, and its commands remove that", async () => {
    await install();
    await start();
    await control.kubectl(["label", "namespace", validators, `${labels.injection}-`]);
    await eventually("copy and rights are gone", 20_000, async () => {
      const present = await everything();
      return !present.some((one) => /VALIDATORS\/(stellar-peers|FULLNAME)|Binding (SYSTEM\/)?FULLNAME-agent$/.test(one)); // prettier-ignore
    });
    await uninstall();
    assert.deepEqual(await everything(), [...kept, "Pod VALIDATORS/v0"].toSorted());
    const names = ["configmap/stellar-peers", "lease/stellar-peers", "lease/stellar-peers-provisioner", `secret/${fullname}-ca`]; // prettier-ignore
    await control.kubectl(["-n", system, "delete", ...names]);
    await control.kubectl(["delete", "validatingadmissionpolicy,validatingadmissionpolicybinding", `${fullname}-lease-watch`]); // prettier-ignore
    assert.deepEqual(await everything(), ["Pod VALIDATORS/v0"]);
  });
});
