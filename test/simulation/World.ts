import { formatLeaseHolder } from "../../contract/formatLeaseHolder.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { CoreModel } from "../fake-core/CoreModel.ts";
import { AuditedApi } from "./AuditedApi.ts";
import { CoreRules } from "./CoreRules.ts";
import type { Fault } from "./Fault.ts";
import { networkChoices } from "./networkChoices.ts";
import { peersObjects } from "./peersObjects.ts";
import { ProcessClock } from "./ProcessClock.ts";
import { Rules } from "./Rules.ts";
import { SeededRandom } from "./SeededRandom.ts";
import { Sightings } from "./Sightings.ts";
import { SimulatedAgent } from "./SimulatedAgent.ts";
import { SimulatedCluster } from "./SimulatedCluster.ts";
import { SimulatedProcess } from "./SimulatedProcess.ts";
import { SimulatedTime } from "./SimulatedTime.ts";
import { SimulatedWebhook } from "./SimulatedWebhook.ts";
import { Trace } from "./Trace.ts";
import type { Validator, ValidatorPod } from "./Validator.ts";

const hour = 3_600_000;
/** Milliseconds for which a fault lasts; now and then longer than any picture counts. */
const lengths = [500, 60_000] as const;
const longest = 150_000;
const isLong = 0.15;
/** Milliseconds between two visits of a kubelet: while there are faults, and in good times. */
const slowVisits = [60_000, 90_000] as const;
const quickVisits = [2_000, 5_000] as const;
/** How often a kubelet brings what it read long ago, and how many milliseconds ago. */
const isBehind = 0.3;
const lateness = [10_000, 90_000] as const;

/** A whole fleet in one process: what it consists of, and how its parts are started and ended. */
export class World {
  readonly random: SeededRandom;
  readonly time: SimulatedTime;
  readonly clock: ProcessClock;
  readonly trace: Trace;
  readonly cluster: SimulatedCluster;
  readonly rules: Rules;
  /** Without the fence, whoever edits the Lease may do harm: nobody does then. */
  readonly fenced: boolean;
  readonly webhooks: SimulatedWebhook[] = [];
  /** Pods that are about to come back. */
  readonly starting = new Set<() => Promise<void>>();
  readonly call = { signal: new AbortController().signal };
  calm = false;
  readonly #coreRules: CoreRules;
  readonly #cores = new Map<string, CoreModel>();
  readonly #addresses = new Map<string, Set<string>>();
  readonly #source: "auto" | "endpointslices";
  #starts = 0;

  constructor(seed: number) {
    const random = new SeededRandom(seed);
    this.random = random;
    this.time = new SimulatedTime(random.fork());
    this.clock = new ProcessClock(this.time, { speed: 1, wallOffset: 0 });
    this.trace = new Trace(() => this.time.now());
    this.fenced = random.chance(0.8);
    this.#source = random.chance(0.8) ? "auto" : "endpointslices";
    this.cluster = new SimulatedCluster({
      clock: this.clock,
      reloads: random.chance(0.3),
      podNames: this.#source === "endpointslices",
      onPod: (validator, pod) => this.#onPod(validator, pod),
      onPodGone: (pod) => this.#onPodGone(pod),
    });
    this.rules = new Rules(this.cluster.truth, this.trace, this.cluster.namespaces, () => this.time.now());
    this.#coreRules = new CoreRules({ rules: this.rules, truth: this.cluster.truth, cores: this.#cores });
  }

  async open(): Promise<void> {
    await this.cluster.open();
    for (let index = 0; index < 2; index += 1) this.startWebhook(index);
    const count = this.random.integer(3, 6);
    for (let index = 0; index < count; index += 1) await this.createValidator();
  }

  agents(): readonly SimulatedAgent[] {
    return this.cluster.running().flatMap(({ pod }) => (pod.agent?.process.alive ? [pod.agent] : []));
  }

  processes(): readonly SimulatedProcess[] {
    const all = [...this.agents(), ...this.webhooks].map(({ process }) => process);
    return all.filter(({ alive }) => alive);
  }

  async createValidator(): Promise<void> {
    const { cluster, random } = this;
    const network = random.chance(0.7) ? networkChoices[0] : random.pick(this.networks());
    const taken = new Set(cluster.validators.map(({ name }) => name));
    const name = ["ash", "birch", "cedar", "elder", "fir", "hazel", "larch", "maple", "oak", "pine"].find(
      (free) => !taken.has(free),
    );
    if (name && network) await cluster.create(random.pick(cluster.namespaces), name, network);
  }

  /** An EndpointSlice can't name a network of somebody's own with its passphrase. */
  networks(): typeof networkChoices {
    return this.#source === "auto" ? networkChoices : networkChoices.slice(0, 2);
  }

  /** Starts the pod's agent anew, unless it runs or the pod is gone. */
  startAgent(validator: Validator, pod: ValidatorPod): void {
    if (validator.pod !== pod || pod.agent?.process.alive) return;
    const identity = formatLeaseHolder({
      namespace: validator.namespace,
      pod: `${validator.name}-0`,
      uid: pod.uid,
    });
    const process = this.#process(validator.name, this.fenced ? identity : undefined, true, () => {
      this.time.after(this.random.integer(1_000, 10_000), () => this.startAgent(validator, pod));
    });
    const agent = new SimulatedAgent({
      process,
      random: this.random.fork(),
      validator,
      pod,
      source: this.#source,
      onConnect: (from, address) => this.#onConnect(from, validator, pod, address),
      onReload: ({ process: { name } }) => this.#coreRules.reloading(name, pod.core),
    });
    pod.agent = agent;
    process.run((signal) => agent.agent.run(signal));
  }

  startWebhook(index: number): void {
    if (this.webhooks[index]?.process.alive) return;
    const process = this.#process(`webhook-${index}`, undefined, false, () => {
      this.time.after(this.random.integer(1_000, 10_000), () => this.startWebhook(index));
    });
    const webhook = new SimulatedWebhook(process, this.random.fork(), String((this.#starts += 1)));
    this.webhooks[index] = webhook;
    process.run((signal) => webhook.elector.run(signal));
  }

  /** Lets something go wrong, for a while if it lasts. */
  async befall(fault: Fault | undefined): Promise<void> {
    if (!fault) return;
    const { random, time, trace } = this;
    const { what, begin, end, longest: own } = fault;
    trace.add("world", what);
    await begin();
    const [shortest, long] = random.chance(isLong) ? [lengths[1], longest] : lengths;
    const lasting = own === undefined ? random.integer(shortest, long) : random.integer(own / 2, own);
    if (end) time.after(lasting, () => void end());
  }

  async read<T extends KubeObject>(namespace: string): Promise<T | undefined> {
    return this.cluster.api
      .get<T>({ ...peersObjects.configMap, namespace }, this.call)
      .catch(() => undefined);
  }

  #process(
    name: string,
    fenced: string | undefined,
    publishes: boolean,
    restart: () => void,
  ): SimulatedProcess {
    const { cluster, random, rules, time, trace } = this;
    const api = new AuditedApi(cluster.api, cluster.audit, {
      fenced,
      onList: (before, after) => {
        if (publishes) rules.published(name, process.clock, before, after);
        else rules.provisioned(name, before, after);
      },
      onLease: ({ spec }) => {
        if (spec?.renewTime === spec?.acquireTime)
          trace.add(name, `wrote the Lease: ${spec?.holderIdentity || "nobody"}, ${spec?.leaseTransitions}`);
      },
    });
    const sightings = new Sightings({ who: name, rules, altered: cluster.altered });
    const process = new SimulatedProcess({
      name,
      time,
      random: random.fork(),
      trace,
      api,
      past: (milliseconds) => cluster.past(milliseconds),
      speed: 0.9 + random.next() / 5,
      wallOffset: random.integer(-hour, hour),
      onLine: ({ added, event, removed }) => {
        if (event === "discovery.changed") {
          rules.unseen(name, process.clock, removed as readonly string[]);
          sightings.changed(added as readonly string[], removed as readonly string[]);
        }
        if (event === "discovery.synced") process.picturedAt = time.now();
      },
      onCrash: (error) => {
        rules.violated(`${name} crashed: ${error instanceof Error ? error.message : String(error)}`);
        restart();
      },
    });
    return process;
  }

  #onPod(validator: Validator, pod: ValidatorPod): void {
    const key = `${validator.namespace}/${validator.name}`;
    const { address } = pod.core.options;
    this.#cores.set(address, pod.core);
    this.#addresses.set(key, (this.#addresses.get(key) ?? new Set()).add(address));
    this.time.after(this.random.integer(0, 3_000), () => this.startAgent(validator, pod));
    this.visit(validator, pod, this.random.integer(0, 1_000));
  }

  #onPodGone(pod: ValidatorPod): void {
    const { agent } = pod;
    if (!agent) return;
    if (this.random.chance(0.5)) agent.process.kill();
    else agent.process.terminate();
    this.time.after(15_000, () => agent.process.kill());
  }

  /** The kubelet looks after the pod's mounted files, from then on again and again. */
  visit(validator: Validator, pod: ValidatorPod, delay: number): void {
    this.time.after(delay, () => {
      if (validator.pod !== pod) return;
      if (!pod.stuck) void this.#bring(validator.namespace, pod);
      const [low, high] = this.calm ? quickVisits : slowVisits;
      this.visit(validator, pod, this.random.integer(low, high));
    });
  }

  async #bring(namespace: string, pod: ValidatorPod): Promise<void> {
    const behind = !this.calm && this.random.chance(isBehind) ? this.random.integer(...lateness) : 0;
    const copy = await this.cluster
      .past(behind)
      .get<KubeObject & { readonly data?: Readonly<Record<string, string>> }>(
        { ...peersObjects.configMap, namespace },
        this.call,
      )
      .catch(() => undefined);
    const { data } = copy ?? {};
    if (pod.agent) pod.agent.mount.bring(data);
    else pod.mounted = data && { ...data };
  }

  #onConnect(agent: SimulatedAgent, validator: Validator, pod: ValidatorPod, address: string): void {
    const own = this.#addresses.get(`${validator.namespace}/${validator.name}`) ?? new Set();
    const { ageSeconds } = agent.status().discovery;
    // What is done now was decided when Core was last asked how it is.
    const decided = pod.core.requests.findLast(({ target }) => target === "/info")?.at ?? 0;
    const fresh = ageSeconds !== null && ageSeconds < 50 && agent.process.picturedAt < decided;
    this.trace.add(agent.process.name, `dials ${address}`);
    this.#coreRules.connecting(agent.process.name, pod.core, own, address, fresh);
  }
}
