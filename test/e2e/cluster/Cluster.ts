import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { clusterNames } from "./clusterNames.ts";
import { runCommand } from "./runCommand.ts";

const tool = "kubectl";

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID?: string;
  readonly state: {
    readonly running?: { readonly startedAt: string };
    readonly waiting?: { readonly reason?: string };
    readonly terminated?: { readonly exitCode: number };
  };
}

export interface Pod extends KubeObject {
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly image: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** The parts of an agent's `/status` that a run looks at. */
export interface AgentStatus {
  readonly discovery: {
    readonly ageSeconds?: number;
    readonly peers?: number;
    readonly failures: Readonly<Record<string, string>>;
  };
  readonly documents: {
    readonly source?: "api" | "file";
    readonly api: { readonly revision?: string };
    readonly file: { readonly revision?: string };
  };
  readonly apply: {
    readonly core: { readonly verdict: string; readonly reason: string };
    readonly revision: { readonly seen?: string; readonly applied?: string; readonly confirmed?: string };
    readonly peers: readonly { readonly peerString: string; readonly state: string }[];
  };
}

export interface PublishedList {
  readonly revision: string;
  readonly pods: readonly string[];
  readonly addresses: readonly string[];
}

/** The cluster of KUBECONFIG, by kubectl and helm, as a person would reach it. */
export class Cluster {
  readonly #url: string;
  readonly #proxy: ChildProcess;
  #closed = false;

  private constructor(url: string, proxy: ChildProcess) {
    this.#url = url;
    this.#proxy = proxy;
  }

  /** Opens kubectl's proxy, over which everything is then read. */
  static async open(): Promise<Cluster> {
    // By way of a shell that ends it when our end of its input is gone, however this process ends.
    const command = `${tool} proxy --port=0 & read -r _; kill $!`;
    const proxy = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "inherit"] });
    const port = await new Promise<string>((resolve, reject) => {
      proxy.once("error", reject);
      proxy.once("exit", () => reject(new Error("kubectl proxy has ended")));
      createInterface({ input: proxy.stdout }).once("line", (line) => resolve(line.split(":").at(-1) ?? ""));
    });
    return new Cluster(`http://127.0.0.1:${port}`, proxy);
  }

  /** From then on every call rejects: a run that was interrupted makes nothing more. */
  close(): void {
    this.#closed = true;
    this.#proxy.stdin?.end();
  }

  async kubectl(...args: readonly string[]): Promise<string> {
    return this.#run([tool, ...args]);
  }

  async helm(...args: readonly string[]): Promise<string> {
    return this.#run(["helm", ...args], { timeout: 180_000 });
  }

  async apply(objects: readonly object[]): Promise<void> {
    const list = { apiVersion: "v1", kind: "List", items: objects };
    await this.#run([tool, "apply", "--server-side", "--force-conflicts", "-f", "-"], {
      stdin: JSON.stringify(list),
    });
  }

  /** What the API server would make of this pod, its webhooks included. */
  async tryPod(pod: object): Promise<Pod> {
    const create = [tool, "create", "--dry-run=server", "-o", "json", "-f", "-"];
    return JSON.parse(await this.#run(create, { stdin: JSON.stringify(pod) })) as Pod;
  }

  async read(path: string): Promise<string> {
    this.#checkOpen();
    const answer = await fetch(this.#url + path, { signal: AbortSignal.timeout(10_000) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse(await this.read(path)) as T;
  }

  async pods(namespace: string): Promise<readonly Pod[]> {
    return (await this.get<{ readonly items: readonly Pod[] }>(`/api/v1/namespaces/${namespace}/pods`)).items;
  }

  async pod(namespace: string, name: string): Promise<Pod> {
    return this.get<Pod>(`/api/v1/namespaces/${namespace}/pods/${name}`);
  }

  /** One of the agent's paths, by the API server's proxy. */
  async agent(namespace: string, pod: string, path: string): Promise<string> {
    return this.read(`/api/v1/namespaces/${namespace}/pods/${pod}:11627/proxy${path}`);
  }

  async status(namespace: string, pod: string): Promise<AgentStatus> {
    return JSON.parse(await this.agent(namespace, pod, "/status")) as AgentStatus;
  }

  /** Revision, pods and addresses of the published list. */
  async list(): Promise<PublishedList> {
    const path = `/api/v1/namespaces/${clusterNames.system}/configmaps/stellar-peers`;
    const { data = {} } = await this.get<{ readonly data?: Record<string, string> }>(path);
    const peers = JSON.parse(data["peers.json"] ?? "[]") as readonly {
      readonly pod?: string;
      readonly ip: string;
    }[];
    return {
      revision: data["revision"] ?? "",
      pods: peers.map(({ pod = "" }) => pod).sort(),
      addresses: peers.map(({ ip }) => ip),
    };
  }

  /** The Lease's holder: NAMESPACE/POD/UID. */
  async leader(): Promise<string> {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${clusterNames.system}/leases/stellar-peers`;
    const { spec } = await this.get<{ readonly spec: { readonly holderIdentity?: string } }>(path);
    return spec.holderIdentity ?? "";
  }

  async #run(...call: Parameters<typeof runCommand>): Promise<string> {
    this.#checkOpen();
    return runCommand(...call);
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error("the run has ended");
  }
}
