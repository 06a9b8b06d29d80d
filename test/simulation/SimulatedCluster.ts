import { labels } from "../../contract/labels.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { names } from "../../contract/names.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { objects } from "../agent/discover/objects.ts";
import { CoreModel } from "../fake-core/CoreModel.ts";
import { FakeNetwork } from "../fake-core/FakeNetwork.ts";
import { MemoryApi } from "../memory-api/MemoryApi.ts";
import { openNamespace } from "../memory-api/openNamespace.ts";
import type { SimulatedNetwork } from "./SimulatedNetwork.ts";
import { Truth } from "./Truth.ts";
import { truthEntry } from "./truthEntry.ts";
import { WriteAudit } from "./WriteAudit.ts";
import type { Validator, ValidatorPod } from "./Validator.ts";

const peerPort = 11_625;
/** Milliseconds for which somebody may see a new address under the network of before: two watches, one of them late. */
const skew = 180_000;
const node = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode" };
const slice = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

export interface SimulatedClusterOptions {
  /** True time. */
  readonly clock: Clock;
  /** Cores have a config-reload, unlike any released so far. */
  readonly reloads: boolean;
  /** Validators are named after their pods, as where there are no StellarNodes. */
  readonly podNames: boolean;
  readonly onPod: (validator: Validator, pod: ValidatorPod) => void;
  readonly onPodGone: (pod: ValidatorPod) => void;
}

/** The API server with what the operator and Kubernetes would do, and the Cores. Everything takes place at once. */
export class SimulatedCluster {
  readonly api: MemoryApi;
  readonly audit = new WriteAudit();
  readonly truth: Truth;
  readonly network = new FakeNetwork();
  readonly namespaces = ["east", "west"];
  readonly validators: Validator[] = [];
  readonly #options: SimulatedClusterOptions;
  readonly #call = { signal: new AbortController().signal };
  #pods = 0;

  constructor(options: SimulatedClusterOptions) {
    this.#options = options;
    this.api = new MemoryApi({ clock: options.clock, validate: (write) => this.audit.check(write) });
    this.truth = new Truth(() => options.clock.monotonic());
  }

  async open(): Promise<void> {
    await openNamespace(this.api, names.namespace);
    for (const namespace of this.namespaces)
      await openNamespace(this.api, namespace, { [labels.injection]: "enabled" });
  }

  /** Those that have a pod. */
  running(): readonly { readonly validator: Validator; readonly pod: ValidatorPod }[] {
    return this.validators.flatMap((validator) => (validator.pod ? [{ validator, pod: validator.pod }] : []));
  }

  async create(namespace: string, name: string, network: SimulatedNetwork): Promise<void> {
    const validator: Validator = { namespace, name, network, former: [], pod: undefined };
    this.validators.push(validator);
    const made = objects.node(name, { namespace });
    const spec = { ...(made["spec"] as object), ...network.spec };
    await this.api.create({ ...made, spec } as KubeObject, this.#call);
    const sliceLabels = { [labels.nodeType]: "Validator", [labels.network]: network.name };
    await this.api.create(objects.slice(name, [], { namespace, labels: sliceLabels }), this.#call);
    await this.startPod(validator);
  }

  async delete(validator: Validator): Promise<void> {
    const { namespace, name } = validator;
    await this.stopPod(validator);
    this.validators.splice(this.validators.indexOf(validator), 1);
    await this.api.delete({ ...node, namespace, name }, this.#call);
    await this.api.delete({ ...slice, namespace, name: `${name}-x1` }, this.#call);
  }

  async suspend(validator: Validator): Promise<void> {
    await this.#patchNode(validator, { suspended: true });
    await this.stopPod(validator);
  }

  async resume(validator: Validator): Promise<void> {
    await this.#patchNode(validator, { suspended: false });
    await this.startPod(validator);
  }

  /** Its pod is made anew, with Core on the other network. */
  async move(validator: Validator, network: SimulatedNetwork): Promise<void> {
    const { namespace, name, network: former, pod } = validator;
    await this.stopPod(validator);
    validator.network = network;
    validator.former.push({ network: former, until: this.#options.clock.monotonic() });
    if (pod) this.truth.glimpse(this.#entry(validator, pod, network));
    await this.#patchNode(validator, { customNetworkPassphrase: null, ...network.spec });
    const body = { metadata: { labels: { [labels.network]: network.name } } };
    await this.api.patch({ ...slice, namespace, name: `${name}-x1` }, { type: "merge", body }, this.#call);
    await this.startPod(validator);
  }

  async startPod(validator: Validator): Promise<void> {
    const { namespace, name, network } = validator;
    this.#pods += 1;
    const ip = `10.0.${Math.floor(this.#pods / 250)}.${(this.#pods % 250) + 1}`;
    const core = this.#core(validator, ip);
    const made = await this.api.create(this.#podObject(namespace, name), this.#call);
    const uid = made.metadata.uid ?? "";
    const pod: ValidatorPod = { uid, ip, core, network, mounted: undefined, stuck: false, agent: undefined };
    validator.pod = pod;
    core.start();
    await this.#setEndpoints(validator, [objects.endpoint(ip, { pod: `${name}-0` })]);
    for (const { network: former, until } of validator.former)
      if (this.#options.clock.monotonic() - until < skew)
        this.truth.glimpse(this.#entry(validator, pod, former));
    this.#options.onPod(validator, pod);
  }

  async stopPod(validator: Validator): Promise<void> {
    const { namespace, name, pod } = validator;
    if (!pod) return;
    validator.pod = undefined;
    pod.core.stop();
    this.network.remove(pod.core);
    this.#options.onPodGone(pod);
    const reference = { apiVersion: "v1", kind: "Pod", namespace, name: `${name}-0` };
    await this.api.delete(reference, { ...this.#call, gracePeriodSeconds: 0 });
    await this.#setEndpoints(validator, []);
  }

  #core(validator: Validator, ip: string): CoreModel {
    const { namespace, name, network } = validator;
    const reload = { onConfigReload: () => mountedPeers(validator) };
    return new CoreModel({
      clock: this.#options.clock,
      network: this.network,
      name: `${namespace}-${name}`,
      address: `${ip}:${peerPort}`,
      passphrase: network.passphrase,
      ...(this.#options.reloads && reload),
    });
  }

  async #setEndpoints(validator: Validator, endpoints: readonly unknown[]): Promise<void> {
    const { namespace, name } = validator;
    const reference = { ...slice, namespace, name: `${name}-x1` };
    await this.api.patch(reference, { type: "merge", body: { endpoints } }, this.#call);
    this.#note();
  }

  async #patchNode({ namespace, name }: Validator, spec: Readonly<Record<string, unknown>>): Promise<void> {
    await this.api.patch({ ...node, namespace, name }, { type: "merge", body: { spec } }, this.#call);
  }

  #podObject(namespace: string, name: string): KubeObject {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace, name: `${name}-0`, labels: { [labels.injected]: "true" } },
      spec: {
        serviceAccountName: "default",
        nodeName: "node",
        containers: [{ name: "core", image: "core" }],
      },
    };
    return pod;
  }

  #entry({ namespace, name }: Validator, { ip }: ValidatorPod, network: SimulatedNetwork): string {
    const listed = this.#options.podNames ? `${name}-0` : name;
    return truthEntry({ namespace, name: listed, peerString: `${ip}:${peerPort}`, network: network.name });
  }

  #note(): void {
    const entries = this.running().map(({ validator, pod }) =>
      this.#entry(validator, pod, validator.network),
    );
    this.truth.set(new Set(entries));
  }
}

/** Whom a Core with config-reload finds in its files: the mounted list, of its own network. */
function mountedPeers({ network, pod }: Validator): readonly string[] {
  const parsed = parsePeerDocument(pod?.mounted ?? {});
  const peers = parsed.ok ? parsed.document.peers : [];
  return peers.filter((peer) => peer.network === network.name).map(({ peerString }) => peerString);
}
