import { systemClock } from "../../../runtime/systemClock.ts";
import { eventually } from "../../runtime/eventually.ts";
import type { Cluster, ContainerStatus, Pod } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";
import { hasReached } from "./hasReached.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";
import { validatorObjects } from "./validatorObjects.ts";

const namespace = clusterNames.validators;
const patience = 90_000;

/** Milliseconds from a change to what follows from it. */
export interface Spread {
  /** The ConfigMap lists exactly the pods. */
  readonly published: number;
  /** Each agent has that list by its watch. */
  readonly received: number;
  /** Each Core shows all others in `/peers`. */
  readonly connected: number;
  readonly revision: string;
}

/** The validators of a run and what their agents say. */
export class Fleet {
  readonly #cluster: Cluster;
  readonly #core: ValidatorCore;

  constructor(cluster: Cluster, core: ValidatorCore) {
    this.#cluster = cluster;
    this.#core = core;
  }

  async create(names: readonly string[]): Promise<void> {
    await this.#cluster.apply(
      names.flatMap((name) => validatorObjects({ namespace, name, core: this.#core })),
    );
  }

  async suspend(name: string, suspended: boolean): Promise<void> {
    await this.#cluster.apply(validatorObjects({ namespace, name, core: this.#core, suspended }));
  }

  /** Resolves once exactly these validators are listed, and each is connected to all others. */
  async settle(names: readonly string[], since: number): Promise<Spread> {
    const pods = names.map((name) => `${name}-0`).sort();
    const revision = await eventually(`a list of ${pods.join(", ")}`, patience, async () => {
      const list = await this.#cluster.list();
      return (
        list.pods.join() === pods.join() &&
        (await this.#addressesAgree(pods, list.addresses)) &&
        list.revision
      );
    });
    const published = performance.now() - since;
    await this.#each(pods, "has the list by its watch", async (pod) => {
      const { documents } = await this.#cluster.status(namespace, pod);
      return hasReached(documents.api.revision, revision);
    });
    const received = performance.now() - since;
    await this.#each(pods, `is connected to ${pods.length - 1} others`, async (pod) => {
      const { apply } = await this.#cluster.status(namespace, pod);
      const connected = apply.peers.filter(({ state }) => state === "connected");
      return hasReached(apply.revision.confirmed, revision) && connected.length === pods.length - 1;
    });
    return { published, received, connected: performance.now() - since, revision };
  }

  /**
   * Milliseconds until the kubelet has brought the revision to each agent's mounted files. Looks every two seconds only,
   * so that agents which are to rest do.
   */
  async files(names: readonly string[], revision: string, since: number): Promise<number> {
    await this.#each(
      names.map((name) => `${name}-0`),
      `has ${revision} in its files`,
      async (pod) => {
        const { documents } = await this.#cluster.status(namespace, pod);
        if (hasReached(documents.file.revision, revision)) return true;
        await systemClock.sleep(2_000, new AbortController().signal);
        return false;
      },
      150_000,
    );
    return performance.now() - since;
  }

  /** The pod, once another than `uid` has that name and all its containers run. */
  async renewed(name: string, uid: string | undefined): Promise<Pod> {
    return eventually(`${name}-0 is there again`, patience, async () => {
      const pod = await this.#cluster.pod(namespace, `${name}-0`);
      const statuses = pod.status.containerStatuses ?? [];
      return pod.metadata.uid !== uid && statuses.length === 2 && statuses.every(({ ready }) => ready) && pod;
    });
  }

  async containers(name: string): Promise<ReadonlyMap<string, ContainerStatus>> {
    const { status } = await this.#cluster.pod(namespace, `${name}-0`);
    return new Map((status.containerStatuses ?? []).map((container) => [container.name, container]));
  }

  async #addressesAgree(pods: readonly string[], listed: readonly string[]): Promise<boolean> {
    const all = await this.#cluster.pods(namespace);
    const living = all.filter(({ metadata, status }) => !metadata.deletionTimestamp && status.podIP);
    return pods.every((name) => {
      const ip = living.find(({ metadata }) => metadata.name === name)?.status.podIP;
      return ip !== undefined && listed.includes(ip);
    });
  }

  async #each(
    pods: readonly string[],
    what: string,
    holds: (pod: string) => Promise<boolean>,
    within = patience,
  ): Promise<void> {
    await Promise.all(pods.map((pod) => eventually(`the agent of ${pod} ${what}`, within, () => holds(pod))));
  }
}
