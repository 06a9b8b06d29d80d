import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import { ApiError } from "../../kube/ApiError.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { eventually } from "../runtime/eventually.ts";
import { freePort } from "./freePort.ts";
import { Kubelet, type RunningAgent } from "./Kubelet.ts";
import type { LogLine } from "./ManagedProcess.ts";
import { Operator, type PodPlace } from "./Operator.ts";
import type { Plane } from "./Plane.ts";
import type { StageCore } from "./StageCore.ts";
import type { StageCores } from "./StageCores.ts";
import { TcpProxy } from "./TcpProxy.ts";
import { WebhookReplica } from "./WebhookReplica.ts";

const node = "node-1";

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

export interface Lease extends KubeObject {
  readonly spec: { readonly holderIdentity?: string; readonly leaseTransitions?: number };
}

export interface StageOptions<Core extends StageCore> {
  readonly plane: Plane;
  readonly cores: StageCores<Core>;
  /** Of the validators. */
  readonly namespace: string;
  /** Of that namespace, besides the one that enables it. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Folder of the bundles. */
  readonly dist: string;
  /** For logs, tokens and mounted files. */
  readonly directory: string;
  readonly onLine?: (program: string, line: LogLine) => void;
}

/**
 * The whole system on one machine: webhook and agents as real processes on a control plane, with stand-ins for what
 * only a cluster has: the operator, the endpoint slice controller and the kubelet. Core is a fake one or a real one.
 */
export class Stage<Core extends StageCore = StageCore> {
  readonly plane: Plane;
  readonly namespace: string;
  readonly webhook: WebhookReplica;
  readonly kubelet: Kubelet;
  /** The line between agents and the API server. */
  readonly line: TcpProxy;
  readonly cores = new Map<string, Core>();
  readonly #namespaceLabels: Readonly<Record<string, string>>;
  readonly #makeCores: StageCores<Core>;
  readonly #ending = new AbortController();
  readonly #loops: Promise<unknown>[] = [];

  private constructor(options: StageOptions<Core>, webhook: WebhookReplica, line: TcpProxy) {
    this.plane = options.plane;
    this.namespace = options.namespace;
    this.#makeCores = options.cores;
    this.#namespaceLabels = options.namespaceLabels ?? {};
    this.webhook = webhook;
    this.line = line;
    this.kubelet = new Kubelet({
      api: options.plane.api,
      namespace: options.namespace,
      url: line.url,
      ca: options.plane.ca,
      program: join(options.dist, "agent.js"),
      directory: options.directory,
      syncDelay: 1000,
      podIp: (pod) => this.core(pod).address.split(":")[0] ?? "",
      ...(options.onLine && { onLine: options.onLine }),
    });
    const operator = new Operator({
      api: options.plane.api,
      node,
      namespace: options.namespace,
      place: (_namespace, pod) => this.#place(pod),
    });
    for (const loop of [this.kubelet, operator])
      this.#loops.push(loop.run(this.#ending.signal).catch((error: unknown) => this.#onLoopEnd(error)));
  }

  /** Installs the chart, starts the webhook, and resolves once it can be called. */
  static async open<Core extends StageCore>(options: StageOptions<Core>): Promise<Stage<Core>> {
    await mkdir(options.directory, { recursive: true });
    const { plane } = options;
    await plane.installChart(names.namespace);
    const webhook = await WebhookReplica.start({
      plane,
      namespace: names.namespace,
      program: join(options.dist, "webhook.js"),
      directory: options.directory,
      ...(options.onLine && { onLine: (line: LogLine) => options.onLine?.("webhook", line) }),
    });
    const line = await TcpProxy.open(plane.url);
    const stage = new Stage(options, webhook, line);
    try {
      await eventually("the webhook is ready", 20_000, () => webhook.ready());
    } catch (error) {
      await stage.close();
      const said = webhook.process.lines.map(({ level, msg }) => `${String(level)}: ${msg}`).join("\n");
      throw new Error(`the webhook did not become ready; it said\n${said}`, { cause: error });
    }
    return stage;
  }

  get api(): KubeApi {
    return this.plane.api;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  async labelNamespace(): Promise<void> {
    const labelled = { ...this.#namespaceLabels, [labels.injection]: "enabled" };
    await this.api.create(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: this.namespace, labels: labelled } },
      { signal: this.signal },
    );
    const account = { apiVersion: "v1", kind: "ServiceAccount" };
    await this.api
      .create(
        { ...account, metadata: { namespace: this.namespace, name: "default" } },
        { signal: this.signal },
      )
      .catch((error: unknown) => {
        if (!(error instanceof ApiError && error.reason === "AlreadyExists")) throw error;
      });
  }

  async suspend(name: string, suspended: boolean): Promise<void> {
    const reference = {
      apiVersion: "stellar.org/v1alpha1",
      kind: "StellarNode",
      namespace: this.namespace,
      name,
    };
    await this.api.patch(
      reference,
      { type: "merge", body: { spec: { suspended } } },
      { signal: this.signal },
    );
    const core = this.core(`${name}-0`);
    await (suspended ? core.stop() : core.start());
  }

  core(pod: string): Core {
    const core = this.cores.get(pod);
    if (!core) throw new Error(`no Core was made for ${pod}`);
    return core;
  }

  agent(pod: string): RunningAgent {
    const agent = [...this.kubelet.agents.values()].find(({ name }) => name === pod);
    if (!agent) throw new Error(`no agent runs in ${pod}`);
    return agent;
  }

  async configMap(namespace: string = names.namespace): Promise<ConfigMap> {
    const reference = { apiVersion: "v1", kind: "ConfigMap", namespace, name: names.configMap };
    return this.api.get<ConfigMap>(reference, { signal: this.signal });
  }

  async lease(): Promise<Lease> {
    const reference = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      namespace: names.namespace,
      name: names.lease,
    };
    return this.api.get<Lease>(reference, { signal: this.signal });
  }

  /** The agent that holds the Lease now. */
  async leader(): Promise<RunningAgent | undefined> {
    const holder = (await this.lease()).spec.holderIdentity ?? "";
    return [...this.kubelet.agents.values()].find(
      ({ pod }) => holder === `${this.namespace}/${pod.metadata.name}/${pod.metadata.uid}`,
    );
  }

  /** True when each of these Cores is connected to all others. */
  async meshed(pods: readonly string[]): Promise<boolean> {
    const counts = await Promise.all(pods.map((pod) => this.#connected(pod, pods)));
    return counts.every((count) => count === pods.length - 1);
  }

  async connections(pods: readonly string[]): Promise<string> {
    const counts = await Promise.all(pods.map((pod) => this.#connected(pod, pods)));
    return pods.map((pod, index) => `${pod}: ${counts[index]} peers`).join(", ");
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.kubelet.close();
    await this.webhook.process.stop();
    await Promise.allSettled(this.#loops);
    await this.line.close();
    for (const core of this.cores.values()) await core.stop();
  }

  /** To how many of these. */
  async #connected(pod: string, pods: readonly string[]): Promise<number> {
    const connected = new Set(await this.core(pod).connected());
    return pods.filter((other) => other !== pod && connected.has(this.core(other).address)).length;
  }

  async #place(pod: string): Promise<PodPlace> {
    const core = await this.#makeCores.make(pod);
    this.cores.set(pod, core);
    const [ip = "", peerPort] = core.address.split(":");
    return { ip, peerPort: Number(peerPort), coreHttpPort: core.port, healthPort: await freePort() };
  }

  #onLoopEnd(error: unknown): void {
    if (!this.#ending.signal.aborted) throw error;
  }
}
