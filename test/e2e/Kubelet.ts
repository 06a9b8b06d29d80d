import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { names } from "../../contract/names.ts";
import { Reflector } from "../../kube/Reflector.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { systemRandom } from "../../runtime/systemRandom.ts";
import { kubeconfigText } from "./kubeconfigText.ts";
import {
  ManagedProcess,
  type LogLine,
  type ProcessCircumstances,
  type ProcessExit,
} from "./ManagedProcess.ts";
import { MountedConfigMap } from "./MountedConfigMap.ts";

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

interface Container {
  readonly name: string;
  readonly env?: readonly EnvironmentVariable[];
}

export interface Pod extends KubeObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** One agent that runs in place of its container. */
export class RunningAgent {
  readonly pod: Pod;
  readonly directory: string;
  readonly mount: MountedConfigMap;
  readonly healthPort: number;
  readonly #start: (circumstances?: ProcessCircumstances) => ManagedProcess;
  process: ManagedProcess;

  constructor(options: {
    readonly pod: Pod;
    readonly directory: string;
    readonly mount: MountedConfigMap;
    readonly healthPort: number;
    readonly start: (circumstances?: ProcessCircumstances) => ManagedProcess;
  }) {
    const { pod, directory, mount, healthPort, start } = options;
    this.pod = pod;
    this.directory = directory;
    this.mount = mount;
    this.healthPort = healthPort;
    this.#start = start;
    this.process = start();
  }

  get name(): string {
    return this.pod.metadata.name ?? "";
  }

  /** As the kubelet does after a crash: the same pod, a new container. */
  restart(circumstances?: ProcessCircumstances): void {
    this.process = this.#start(circumstances);
  }

  async status(): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.healthPort}/status`, {
      signal: AbortSignal.timeout(2000),
    });
    return (await response.json()) as Record<string, unknown>;
  }
}

/**
 * Plays the kubelet of one node for injected pods: resolves the container's environment, asks for the pod-bound token,
 * mounts the ConfigMap of the pod's namespace by `..data` swaps after `syncDelay`, and runs the agent's bundle.
 * Pods with no agent are left alone. A process that ended stays so until `restart`.
 */
export class Kubelet {
  readonly agents = new Map<string, RunningAgent>();
  readonly exits: { readonly agent: string; readonly exit: ProcessExit }[] = [];
  readonly #options: KubeletOptions;
  readonly #pods: Reflector<Pod>;
  readonly #configMap: Reflector<ConfigMap>;
  readonly #changed = new Notifier();
  readonly #mounts = new Map<string, { readonly mount: MountedConfigMap; version: string }>();

  constructor(options: KubeletOptions) {
    this.#options = options;
    const { api, namespace } = options;
    const common = {
      api,
      clock: systemClock,
      random: systemRandom,
      maxAge: 30_000,
      onChange: () => this.#changed.notify(),
    };
    this.#pods = new Reflector<Pod>({ ...common, collection: { apiVersion: "v1", kind: "Pod", namespace } });
    this.#configMap = new Reflector<ConfigMap>({
      ...common,
      collection: { apiVersion: "v1", kind: "ConfigMap", namespace, name: names.configMap },
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#pods.run(signal), this.#configMap.run(signal), this.#syncForever(signal)]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.process.stop()));
  }

  async #syncForever(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#changed.wait(systemClock, 60_000, signal);
      for (const pod of this.#pods.items().values()) {
        if (!this.agents.has(pod.metadata.uid ?? "")) await this.#start(pod, signal);
      }
      for (const [uid, agent] of this.agents) {
        const key = `${agent.pod.metadata.namespace}/${agent.name}`;
        if (this.#pods.items().get(key)?.metadata.uid === uid) continue;
        this.agents.delete(uid);
        this.#mounts.delete(uid);
        await agent.process.stop();
      }
      await this.#syncMounts(signal);
    }
  }

  async #syncMounts(signal: AbortSignal): Promise<void> {
    const object = [...this.#configMap.items().values()][0];
    const version = object?.metadata.resourceVersion ?? "";
    const behind = [...this.#mounts.values()].filter((mount) => mount.version !== version);
    if (object?.data === undefined || behind.length === 0) return;
    await systemClock.sleep(this.#options.syncDelay, signal);
    for (const mounted of behind) {
      await mounted.mount.write(object.data);
      mounted.version = version;
    }
  }

  async #start(pod: Pod, signal: AbortSignal): Promise<void> {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const container = containers.find((candidate) => candidate.name === names.container);
    if (!container) return;
    const { namespace = "", name = "", uid = "" } = pod.metadata;
    const directory = join(this.#options.directory, namespace, name);
    const mount = new MountedConfigMap(join(directory, "peers"));
    await mkdir(mount.directory, { recursive: true });
    const { token } = await this.#options.api.createToken(
      { namespace, name: pod.spec.serviceAccountName ?? "default" },
      { boundPod: { name, uid }, expirationSeconds: 3600 },
      { signal },
    );
    await writeFile(join(directory, "token"), token);
    const kubeconfig = join(directory, "kubeconfig");
    const url = typeof this.#options.url === "string" ? this.#options.url : await this.#options.url(name);
    await writeFile(
      kubeconfig,
      kubeconfigText({ url, ca: this.#options.ca, tokenFile: join(directory, "token") }),
    );
    const environment: Record<string, string> = {
      ...this.#environment(pod, container),
      KUBECONFIG: kubeconfig,
      PEERS_DIR: mount.directory,
    };
    const healthPort = Number(environment["HEALTH_ADDRESS"]?.split(":").at(-1));
    const start = (circumstances?: ProcessCircumstances): ManagedProcess => {
      const process = new ManagedProcess({
        name,
        program: this.#options.program,
        environment,
        logFile: join(directory, "log"),
        ...(circumstances && { circumstances }),
        onLine: (line) => this.#options.onLine?.(name, line),
      });
      void process.exited.then((exit) => this.exits.push({ agent: name, exit }));
      return process;
    };
    this.#mounts.set(uid, { mount, version: "" });
    this.agents.set(uid, new RunningAgent({ pod, directory, mount, healthPort, start }));
  }

  #environment(pod: Pod, container: Container): Record<string, string> {
    const ip = this.#options.podIp(pod.metadata.name ?? "");
    const fields: Readonly<Record<string, string | undefined>> = {
      "metadata.name": pod.metadata.name,
      "metadata.namespace": pod.metadata.namespace,
      "metadata.uid": pod.metadata.uid,
      "status.podIP": ip,
    };
    return Object.fromEntries(
      (container.env ?? []).map((variable) => [
        variable.name,
        variable.value ?? fields[variable.valueFrom?.fieldRef?.fieldPath ?? ""] ?? "",
      ]),
    );
  }
}

export interface KubeletOptions {
  /** As the cluster's administrator. */
  readonly api: KubeApi;
  readonly namespace: string;
  /** How agents reach the API server: its address and its CA's PEM. */
  readonly url: string | ((pod: string) => Promise<string>);
  readonly ca: string;
  /** The agent's bundle. */
  readonly program: string;
  readonly directory: string;
  /** Milliseconds from a change of the ConfigMap to the swap of the mounted files; 60 to 90 s on a real node. */
  readonly syncDelay: number;
  readonly podIp: (pod: string) => string;
  readonly onLine?: (pod: string, line: LogLine) => void;
}
