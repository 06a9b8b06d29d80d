import { labels } from "../../contract/labels.ts";
import type { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import { AccountLinger } from "./AccountLinger.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import type { ListMemory } from "./ListMemory.ts";
import type { NetworkPolicy } from "./NetworkPolicy.ts";
import { ownLabels } from "./ownLabels.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";
import type { PodObservation } from "./PodObservation.ts";
import { readServiceAccount } from "./readServiceAccount.ts";
import type { RoleBinding } from "./RoleBinding.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

export interface ProvisionViewOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: ProvisionSettings;
  /** Labels that a namespace must have besides `injection=enabled`. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly memory: ListMemory;
  readonly onChange: () => void;
  /** Pods that should have an agent have changed. */
  readonly onPods: () => void;
  /** What can't be followed (once each, until it can be again). */
  readonly onFailure: (what: string, error: ApiError) => void;
}

/** Milliseconds after which watches are opened anew, and so for how long one that has died may go unnoticed. */
const watchAge = 30_000;
const rbac = "rbac.authorization.k8s.io/v1";

function selectorOf(wanted: Readonly<Record<string, string>>): string {
  return Object.entries(wanted).map(([name, value]) => `${name}=${value}`).join(","); // prettier-ignore
}

/** What the provisioner looks after, followed by watches: the present state of it, without asking. */
export class ProvisionView {
  readonly #options: ProvisionViewOptions;
  readonly #linger = new AccountLinger();
  readonly #namespaces: Reflector<KubeObject>;
  readonly #pods: Reflector<ValidatorPod>;
  readonly #bareValidators: Reflector<ValidatorPod>;
  readonly #bareAskers: Reflector<ValidatorPod>;
  readonly #original: Reflector<ConfigMap>;
  readonly #lease: Reflector<KubeObject>;
  readonly #copies: Reflector<ConfigMap>;
  readonly #roleBindings: Reflector<RoleBinding>;
  readonly #clusterRoleBindings: Reflector<RoleBinding>;
  readonly #networkPolicies: Reflector<NetworkPolicy> | undefined;
  #originalSince = 0;
  #leasePresent: boolean | undefined;

  constructor(options: ProvisionViewOptions) {
    const { settings, namespaceLabels, onChange, onPods } = options;
    const { peersNamespace: namespace, peersConfigMap, peersLease } = settings;
    const enabled = selectorOf({ [labels.injection]: "enabled", ...namespaceLabels });
    const own = selectorOf(ownLabels(namespace));
    this.#options = options;
    this.#namespaces = this.#follow(
      { apiVersion: "v1", kind: "Namespace", labelSelector: enabled },
      onChange,
      true,
    );
    this.#pods = this.#follow(
      { apiVersion: "v1", kind: "Pod", labelSelector: `${labels.injected}=true` },
      () => {
        onChange();
        onPods();
      },
    );
    const bare = (wanted: string): Collection => ({
      apiVersion: "v1",
      kind: "Pod",
      labelSelector: `${wanted},!${labels.injected}`,
    });
    this.#bareValidators = this.#follow(bare(labels.nodeType), onPods);
    this.#bareAskers = this.#follow(bare(`${labels.injection}=enabled`), onPods);
    this.#original = this.#follow(
      { apiVersion: "v1", kind: "ConfigMap", namespace, name: peersConfigMap },
      () => this.#remember(),
    );
    this.#lease = this.#follow(
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace, name: peersLease },
      () => this.#noteLease(),
      true,
    );
    this.#copies = this.#follow({ apiVersion: "v1", kind: "ConfigMap", labelSelector: own }, onChange);
    this.#roleBindings = this.#follow(
      { apiVersion: rbac, kind: "RoleBinding", labelSelector: own },
      onChange,
    );
    // Nobody else's business, unless it is asked for: the right to read them is given only then.
    if (settings.apiPorts.length > 0)
      this.#networkPolicies = this.#follow(
        { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
        onChange,
      );
    this.#clusterRoleBindings = this.#follow(
      { apiVersion: rbac, kind: "ClusterRoleBinding", labelSelector: own },
      onChange,
    );
  }

  /** Follows everything until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const tasks = Object.entries(this.#all()).map(
      ([name, reflector]) => [name, async (inner: AbortSignal) => reflector.run(inner)] as const,
    );
    await runTasks(Object.fromEntries(tasks), signal);
  }

  /** Undefined until all of it has been read once: half a view would have the other half removed. */
  observe(): ProvisionObservation | undefined {
    if (!Object.values(this.#all()).every((reflector) => reflector.synced())) return undefined;
    const now = this.#options.clock.monotonic();
    return {
      namespaces: this.#enabledNamespaces(),
      accounts: this.#linger.update([...this.#pods.items().values()].flatMap(readServiceAccount), now),
      original: this.#original.items().values().next().value,
      originalAge: this.#original.age(),
      originalUnchangedFor: now - this.#originalSince,
      remembered: this.#options.memory.last,
      leasePresent: this.#lease.items().size > 0,
      injected: [...this.#pods.items().values()],
      networkPolicies: [...(this.#networkPolicies?.items().values() ?? [])],
      copies: [...this.#copies.items().values()],
      bindings: [...this.#roleBindings.items().values(), ...this.#clusterRoleBindings.items().values()],
    };
  }

  /** Undefined until all of it has been read once. */
  observePods(): PodObservation | undefined {
    const needed = [this.#namespaces, this.#pods, this.#bareValidators, this.#bareAskers];
    if (!needed.every((reflector) => reflector.synced())) return undefined;
    const enabled = [...this.#namespaces.items().values()].filter(
      ({ metadata }) => metadata.deletionTimestamp === undefined,
    );
    const bare = new Map([...this.#bareValidators.items(), ...this.#bareAskers.items()]);
    return {
      namespaces: new Map(enabled.map(({ metadata }) => [metadata.name ?? "", metadata.labels ?? {}])),
      injected: [...this.#pods.items().values()],
      bare: [...bare.values()],
    };
  }

  #enabledNamespaces(): readonly string[] {
    return [...this.#namespaces.items().values()]
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name ?? "")
      .sort();
  }

  #remember(): void {
    this.#originalSince = this.#options.clock.monotonic();
    this.#options.memory.see(this.#original.items().values().next().value);
    this.#options.onChange();
  }

  /** Its renewals, every few seconds, are no news. */
  #noteLease(): void {
    const present = this.#lease.items().size > 0;
    if (present === this.#leasePresent) return;
    this.#leasePresent = present;
    this.#options.onChange();
  }

  #follow<T extends KubeObject>(
    collection: Collection,
    onChange: () => void,
    metadataOnly = false,
  ): Reflector<T> {
    const { api, clock, random, onFailure } = this.#options;
    const what = collection.name ? `${collection.kind} ${collection.name}` : `${collection.kind}s`;
    return new Reflector<T>({
      api,
      clock,
      random,
      collection,
      metadataOnly,
      maxAge: watchAge,
      onChange,
      onFailure: (error) => onFailure(what, error),
      // What is known to be current again may be acted on.
      onRecovery: onChange,
    });
  }

  #all(): Readonly<Record<string, Pick<Reflector<KubeObject>, "run" | "synced">>> {
    return {
      "watch of namespaces": this.#namespaces,
      "watch of injected pods": this.#pods,
      "watch of bare validators": this.#bareValidators,
      "watch of bare pods that ask for an agent": this.#bareAskers,
      "watch of the peer list": this.#original,
      "watch of the Lease": this.#lease,
      "watch of copies": this.#copies,
      "watch of role bindings": this.#roleBindings,
      "watch of cluster role bindings": this.#clusterRoleBindings,
      ...(this.#networkPolicies && { "watch of network policies": this.#networkPolicies }),
    };
  }
}
