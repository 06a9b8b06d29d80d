import { labels } from "../../contract/labels.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { names } from "../../contract/names.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { objects } from "../agent/discover/objects.ts";
import { CoreModel } from "../fake-core/CoreModel.ts";
import { FakeNetwork } from "../fake-core/FakeNetwork.ts";
import { MemoryApi } from "../memory-api/MemoryApi.ts";
import type { ValidatedWrite } from "../memory-api/ValidatingAdmission.ts";
import { openNamespace } from "../memory-api/openNamespace.ts";
import type { SimulatedNetwork } from "./SimulatedNetwork.ts";
import { Truth } from "./Truth.ts";
import { truthEntry } from "./truthEntry.ts";
import { WriteAudit } from "./WriteAudit.ts";
import { promptCore } from "./promptCore.ts";
import type { Dated, Validator, ValidatorPod } from "./Validator.ts";

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
  /** Validators that have been changed since they were created, each as its namespace and the name it is listed by. */
  readonly altered = new Set<string>();
  readonly #options: SimulatedClusterOptions;
  readonly #call = { signal: new AbortController().signal };
  /** Until when which version was the newest. */
  readonly #versions: { readonly until: number; readonly version: number }[] = [];
  readonly #pasts = new Map<string, Pick<Validator, "networks" | "addresses">>();
  #pods = 0;

  constructor(options: SimulatedClusterOptions) {
    this.#options = options;
    this.api = new MemoryApi({ clock: options.clock, validate: (write) => this.#check(write) });
    this.truth = new Truth(() => options.clock.monotonic());
  }

  async open(): Promise<void> {
    await openNamespace(this.api, names.namespace);
    for (const namespace of this.namespaces)
      await openNamespace(this.api, namespace, { [labels.injection]: "enabled" });
  }

  /** The API server as it was so many milliseconds ago. */
  past(milliseconds: number): Pick<KubeApi, "get" | "list"> {
    const then = this.#options.clock.monotonic() - milliseconds;
    return this.api.asOf(this.#versions.find(({ until }) => until > then)?.version ?? this.api.version);
  }

  /** Those that have a pod. */
  running(): readonly { readonly validator: Validator; readonly pod: ValidatorPod }[] {
    return this.validators.flatMap((validator) => (validator.pod ? [{ validator, pod: validator.pod }] : []));
  }

  async create(namespace: string, name: string, network: SimulatedNetwork): Promise<void> {
    // Who comes back under a name that was there before has its past.
    const past = this.#pasts.get(`${namespace}/${name}`) ?? { networks: [], addresses: [] };
    this.#pasts.set(`${namespace}/${name}`, past);
    const validator: Validator = { namespace, name, network, ...past, suspended: false, pod: undefined };
    this.validators.push(validator);
    validator.networks.push({ value: network, since: this.#now() });
    const made = objects.node(name, { namespace });
    const spec = { ...(made["spec"] as object), ...network.spec };
    await this.api.create({ ...made, spec } as KubeObject, this.#call);
    const sliceLabels = { [labels.nodeType]: "Validator", [labels.network]: network.name };
    await this.api.create(objects.slice(name, [], { namespace, labels: sliceLabels }), this.#call);
    await this.startPod(validator);
  }

  async delete(validator: Validator): Promise<void> {
    const { namespace, name } = validator;
    this.#alter(validator);
    await this.stopPod(validator);
    this.validators.splice(this.validators.indexOf(validator), 1);
    await this.api.delete({ ...node, namespace, name }, this.#call);
    await this.api.delete({ ...slice, namespace, name: `${name}-x1` }, this.#call);
  }

  async suspend(validator: Validator): Promise<void> {
    validator.suspended = true;
    await this.#patchNode(validator, { suspended: true });
    await this.stopPod(validator);
  }

  async resume(validator: Validator): Promise<void> {
    validator.suspended = false;
    await this.#patchNode(validator, { suspended: false });
    await this.startPod(validator);
  }

  /** Its pod is made anew, with Core on the other network. */
  async move(validator: Validator, network: SimulatedNetwork): Promise<void> {
    const { namespace, name } = validator;
    await this.stopPod(validator);
    validator.network = network;
    validator.networks.push({ value: network, since: this.#now() });
    this.#glimpse(validator);
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
    const pod: ValidatorPod = {
      uid,
      ip,
      core,
      network,
      mounted: undefined,
      coreLatency: promptCore,
      stuck: false,
      agent: undefined,
    };
    validator.pod = pod;
    core.start();
    await this.#setEndpoints(validator, [objects.endpoint(ip, { pod: `${name}-0` })]);
    validator.addresses.push({ value: ip, since: this.#now() });
    this.#glimpse(validator);
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

  #check(write: ValidatedWrite): void {
    this.audit.check(write);
    if (!write.dryRun)
      this.#versions.push({ until: this.#options.clock.monotonic(), version: this.api.version });
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

  async #patchNode(validator: Validator, spec: Readonly<Record<string, unknown>>): Promise<void> {
    const { namespace, name } = validator;
    this.#alter(validator);
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

  #now(): number {
    return this.#options.clock.monotonic();
  }

  /** Whoever's second watch is late may see any of its addresses of late on any of its networks of late. */
  #glimpse(validator: Validator): void {
    for (const ip of lately(validator.addresses, this.#now()))
      for (const network of lately(validator.networks, this.#now())) {
        const entry = this.#entry(validator, ip, network);
        if (!this.truth.current.has(entry)) this.truth.glimpse(entry);
      }
  }

  #alter(validator: Validator): void {
    this.altered.add(`${validator.namespace}/${this.#listedName(validator)}`);
  }

  #listedName({ name }: Validator): string {
    return this.#options.podNames ? `${name}-0` : name;
  }

  #entry(validator: Validator, ip: string, network: SimulatedNetwork): string {
    const { namespace } = validator;
    const [name, peerString] = [this.#listedName(validator), `${ip}:${peerPort}`];
    return truthEntry({ namespace, name, peerString, network: network.name });
  }

  #note(): void {
    const entries = this.running().map(({ validator, pod }) =>
      this.#entry(validator, pod.ip, validator.network),
    );
    this.truth.set(new Set(entries));
  }
}

/** Those that counted at some moment of the last minutes. */
function lately<T>(all: readonly Dated<T>[], now: number): readonly T[] {
  return all.filter((_one, index) => (all[index + 1]?.since ?? now) >= now - skew).map(({ value }) => value);
}

/** Whom a Core with config-reload finds in its files: the mounted list, of its own network. */
function mountedPeers({ network, pod }: Validator): readonly string[] {
  const parsed = parsePeerDocument(pod?.mounted ?? {});
  const peers = parsed.ok ? parsed.document.peers : [];
  return peers.filter((peer) => peer.network === network.name).map(({ peerString }) => peerString);
}
