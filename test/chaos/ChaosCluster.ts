import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { runTool } from "../control-plane/runTool.ts";
import { startControlPlane, type StartedControlPlane } from "../control-plane/startControlPlane.ts";
import { Balancer } from "../e2e/Balancer.ts";
import { freePort } from "../e2e/freePort.ts";
import { Kubelet, type RunningAgent } from "../e2e/Kubelet.ts";
import { Operator, type PodPlace } from "../e2e/Operator.ts";
import type { Plane } from "../e2e/Plane.ts";
import { RealPlane } from "../e2e/RealPlane.ts";
import { TcpProxy } from "../e2e/TcpProxy.ts";
import { WebhookReplica } from "../e2e/WebhookReplica.ts";
import { FakeCore } from "../fake-core/FakeCore.ts";
import { FakeNetwork } from "../fake-core/FakeNetwork.ts";
import { eventually } from "../runtime/eventually.ts";
import { auditPolicy } from "./auditPolicy.ts";
import type { SuspensionAsk } from "./findPresences.ts";
import { PatientApi } from "./PatientApi.ts";

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const chart = folder("../../charts/stellar-peer-discovery");
const dist = folder("../../dist");
const fullname = "stellar-peer-discovery";
const replicaNames = ["webhook-a", "webhook-b"] as const;

export type ReplicaName = (typeof replicaNames)[number];

/** A cluster to be mistreated: real servers and programs, stand-ins for operator, kubelet and Core, proxies between. */
export class ChaosCluster {
  readonly namespace = "validators";
  readonly validators = ["alpha", "beta", "gamma", "delta"];
  readonly control: StartedControlPlane;
  /** As administrator, straight to the server, and patient. */
  readonly api: KubeApi;
  /** Each agent's own way to the API server, by pod, and the webhook replicas'. */
  readonly lines = new Map<string, TcpProxy>();
  readonly webhooks = new Map<ReplicaName, WebhookReplica>();
  readonly cores = new Map<string, FakeCore>();
  readonly kubelet: Kubelet;
  readonly network = new FakeNetwork();
  readonly asks: SuspensionAsk[] = [];
  readonly #directory: string;
  readonly #plane: RealPlane;
  readonly #balancer: Balancer;
  readonly #ending = new AbortController();
  readonly #loops: Promise<unknown>[] = [];
  #addresses = 10;

  private constructor(directory: string, control: StartedControlPlane, plane: RealPlane, balancer: Balancer) {
    this.#directory = directory;
    this.#plane = plane;
    this.#balancer = balancer;
    this.control = control;
    this.api = new PatientApi(plane.api);
    this.kubelet = new Kubelet({
      api: this.api,
      namespace: this.namespace,
      url: async (pod) => (await this.#line(pod)).url,
      ca: plane.ca,
      program: join(dist, "agent.js"),
      directory,
      syncDelay: 2_000,
      podIp: (pod) => this.core(pod).model.options.address.split(":")[0] ?? "",
    });
  }

  static async open(binaries: string, directory: string): Promise<ChaosCluster> {
    await mkdir(directory, { recursive: true });
    const control = await startControlPlane(binaries, { auditPolicy });
    const { running, close } = control;
    const helm = (args: readonly string[]): Promise<string> => runTool(running, "helm", args, "");
    const plane = new RealPlane({ ...running, helm, chart, close });
    const cluster = new ChaosCluster(directory, control, plane, await Balancer.open());
    try {
      await cluster.#install();
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  core(pod: string): FakeCore {
    const core = this.cores.get(pod);
    if (!core) throw new Error(`no Core was made for ${pod}`);
    return core;
  }

  agents(): readonly RunningAgent[] {
    return [...this.kubelet.agents.values()];
  }

  /** The agent that holds the Lease, as far as the API can tell. */
  async leader(): Promise<RunningAgent | undefined> {
    const lease = await this.api.get<KubeObject & { readonly spec: { readonly holderIdentity?: string } }>(
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: names.namespace, name: names.lease },
      { signal: AbortSignal.any([this.signal, AbortSignal.timeout(3_000)]) },
    );
    const uid = lease.spec.holderIdentity?.split("/")[2];
    return this.agents().find(({ pod }) => pod.metadata.uid === uid);
  }

  async startWebhook(pod: ReplicaName): Promise<void> {
    const { ca, close, kind, kubeconfig } = this.#plane;
    const { url } = await this.#line(pod);
    const installChart = (namespace: string): Promise<void> => this.#plane.installChart(namespace);
    const plane: Plane = { api: this.api, ca, close, installChart, kind, kubeconfig, url };
    const common = { plane, namespace: names.namespace, program: join(dist, "webhook.js"), fullname, pod };
    const replica = await WebhookReplica.start({ ...common, directory: this.#directory, called: false });
    this.webhooks.set(pod, replica);
    this.#balancer.backends = [...this.webhooks.values()].map(({ port }) => port);
  }

  /** True when a validator's pod that is created now gets an agent. */
  async injects(): Promise<boolean> {
    const pod: KubeObject & { readonly spec: unknown } = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace: this.namespace, name: "trial", labels: { [labels.nodeType]: "Validator" } },
      spec: { containers: [{ name: "core", image: "registry.example/core:1" }] },
    };
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(15_000)]);
    const made = await this.#plane.api.create(pod, { signal, dryRun: true }).catch(() => undefined);
    return made?.metadata.labels?.[labels.injected] === "true";
  }

  async suspend(name: string, suspended: boolean): Promise<void> {
    const reference = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode", namespace: this.namespace, name }; // prettier-ignore
    this.asks.push({ name, suspended, at: Date.now() });
    await this.api.patch(reference, { type: "merge", body: { spec: { suspended } } }, this);
    const core = this.cores.get(`${name}-0`);
    await (suspended ? core?.stop() : core?.start());
  }

  /** True when each of these Cores is connected to all others. */
  meshed(pods: readonly string[]): boolean {
    const count = (pod: string): number =>
      this.network
        .connectionsOf(this.core(pod).model)
        .filter(({ authenticated, other }) => authenticated && other.running).length;
    return pods.every((pod) => count(pod) === pods.length - 1);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    for (const agent of this.agents()) agent.process.kill("SIGCONT");
    for (const { process } of this.webhooks.values()) process.kill("SIGCONT");
    await this.kubelet.close();
    await Promise.all([...this.webhooks.values()].map(({ process }) => process.stop()));
    await Promise.allSettled(this.#loops);
    for (const core of this.cores.values()) await core.stop();
    await Promise.all([...this.lines.values()].map((line) => line.close()));
    await this.#balancer.close();
    await this.#plane.close();
  }

  async #install(): Promise<void> {
    await this.#plane.installChart(names.namespace);
    await WebhookReplica.call(this.#plane, fullname, this.#balancer.port);
    for (const name of replicaNames) await this.startWebhook(name);
    const metadata = { name: this.namespace, labels: { [labels.injection]: "enabled" } };
    await this.api.create({ apiVersion: "v1", kind: "Namespace", metadata }, this);
    const account = { namespace: this.namespace, name: "default" };
    await this.api.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: account }, this);
    // As a Service would: no call to a replica that is not ready, so that the first pods miss none.
    await eventually("both replicas are ready", 60_000, async () => {
      const ready = await Promise.all([...this.webhooks.values()].map((replica) => replica.ready()));
      return ready.every(Boolean);
    });
    await eventually("pods are injected", 30_000, () => this.injects());
    const operator = new Operator({
      api: this.api,
      node: "node-1",
      namespace: this.namespace,
      place: (_namespace, pod) => this.#place(pod),
    });
    for (const loop of [this.kubelet, operator]) this.#loops.push(this.#keep(loop));
    for (const name of this.validators) {
      const spec = { nodeType: "Validator", network: "Testnet", version: "v27.1.0", validatorConfig: { seedSecretRef: "seed" } }; // prettier-ignore
      const node = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode", metadata: { namespace: this.namespace, name } }; // prettier-ignore
      await this.api.create({ ...node, spec } as KubeObject, this);
    }
  }

  async #keep(loop: { run(signal: AbortSignal): Promise<void> }): Promise<void> {
    await loop.run(this.signal).catch((error: unknown) => {
      if (!this.signal.aborted) throw error;
    });
  }

  async #line(pod: string): Promise<TcpProxy> {
    const line = this.lines.get(pod) ?? (await TcpProxy.open(this.control.running.url));
    this.lines.set(pod, line);
    return line;
  }

  async #place(pod: string): Promise<PodPlace> {
    const ip = `10.244.0.${(this.#addresses += 1)}`;
    const passphrase = knownPassphrases.get("testnet") ?? "";
    const address = `${ip}:11625`;
    const core = new FakeCore({ clock: systemClock, network: this.network, name: pod, address, passphrase });
    await core.start();
    this.cores.set(pod, core);
    return { ip, peerPort: 11_625, coreHttpPort: core.port, healthPort: await freePort() };
  }
}
