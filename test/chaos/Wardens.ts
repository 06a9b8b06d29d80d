import { systemClock } from "../../runtime/systemClock.ts";
import type { RunningAgent } from "../e2e/Kubelet.ts";
import type { ProcessCircumstances } from "../e2e/ManagedProcess.ts";
import { eventually } from "../runtime/eventually.ts";
import type { SeededRandom } from "../simulation/SeededRandom.ts";
import type { ChaosCluster, ReplicaName } from "./ChaosCluster.ts";

/** Milliseconds until what has ended is started again. */
const pauses = [500, 4_000] as const;
/** Exits that were asked for: SIGTERM ends a program with 0. */
const asked = new Set(["SIGKILL", "0"]);

/** Starts again what has ended, as a cluster does, and notes what ended unasked. */
export class Wardens {
  readonly crashes: string[] = [];
  readonly #cluster: ChaosCluster;
  readonly #random: SeededRandom;
  readonly #seen = new WeakSet<object>();
  #resuming: Promise<unknown>[] = [];

  constructor(cluster: ChaosCluster, random: SeededRandom) {
    this.#cluster = cluster;
    this.#random = random;
    cluster.control.servers.onEnd = (name) => void this.#later(() => cluster.control.servers.command({ name, action: "start" })); // prettier-ignore
  }

  /** Looks after agents and webhook replicas until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const agent of this.#cluster.agents()) this.#look(agent);
      for (const [name, { process }] of this.#cluster.webhooks)
        if (!process.alive) await this.killWebhook(name);
      await systemClock.sleep(250, signal).catch(() => undefined);
    }
    await Promise.allSettled(this.#resuming);
  }

  async kill(agent: RunningAgent, circumstances?: ProcessCircumstances): Promise<void> {
    this.#seen.add(agent.process);
    agent.process.kill("SIGKILL");
    await agent.process.exited;
    await this.#later(() => this.#restart(agent, circumstances));
  }

  async killWebhook(name: ReplicaName): Promise<void> {
    const { process } = this.#cluster.webhooks.get(name) ?? {};
    if (!process || this.#seen.has(process)) return;
    this.#seen.add(process);
    if (!process.alive) this.#note(name, await process.exited);
    process.kill("SIGKILL");
    await process.exited;
    await this.#later(() => this.#cluster.startWebhook(name));
  }

  /** A validator comes back once its pod would get an agent: whoever starts bare stays so. */
  async resume(name: string): Promise<void> {
    const resuming =
      eventually(`pods are injected, for ${name} to come back`, 90_000, () => this.#cluster.injects()) // prettier-ignore
        .catch((error: unknown) => void this.crashes.push(String(error)))
        .then(() => this.#cluster.suspend(name, false));
    this.#resuming.push(resuming);
    await resuming;
  }

  async resumed(): Promise<void> {
    await Promise.allSettled(this.#resuming);
  }

  #look(agent: RunningAgent): void {
    const { process } = agent;
    if (process.alive || this.#seen.has(process)) return;
    this.#seen.add(process);
    void process.exited.then(async (exit) => {
      this.#note(agent.name, exit);
      await this.#later(() => this.#restart(agent));
    });
  }

  #restart(agent: RunningAgent, circumstances?: ProcessCircumstances): void {
    if (this.#cluster.agents().includes(agent) && !agent.process.alive) agent.restart(circumstances);
  }

  #note(
    name: string,
    { code, signal }: { readonly code: number | null; readonly signal: string | null },
  ): void {
    const how = String(signal ?? code);
    if (!asked.has(how)) this.crashes.push(`${name} ended unasked: ${how}`);
  }

  async #later(act: () => void | Promise<void>): Promise<void> {
    const { signal } = this.#cluster;
    await systemClock.sleep(this.#random.integer(...pauses), signal).catch(() => undefined);
    if (!signal.aborted) await act();
  }
}
