import { Agent } from "../../../agent/Agent.ts";
import type { ApplierStatus } from "../../../agent/apply/ApplierStatus.ts";
import { HttpCoreApi } from "../../../agent/core/HttpCoreApi.ts";
import { parseAgentSettings } from "../../../agent/parseAgentSettings.ts";
import { AgentMetrics } from "../../../agent/status/AgentMetrics.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { systemRandom } from "../../../runtime/systemRandom.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";

export interface RunningAgentOptions {
  /** Its own: closed with it. */
  readonly api: KubeApi & { readonly close: () => void };
  /** NAMESPACE/POD/UID */
  readonly identity: string;
  /** Where the list and the Lease are. */
  readonly peers: string;
  /** Settings of its own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Kept by others. */
  readonly log?: RecordedLog;
}

/** A whole agent over a connection of its own, beside a Core that does not answer unless told otherwise. */
export class RunningAgent {
  readonly log: RecordedLog;
  readonly identity: string;
  readonly #agent: Agent;
  readonly #api: RunningAgentOptions["api"];
  readonly #stop = new AbortController();
  readonly #ended: Promise<unknown>;

  constructor({ api, identity, peers, environment, log = new RecordedLog() }: RunningAgentOptions) {
    this.identity = identity;
    this.log = log;
    const [namespace, name, uid] = identity.split("/");
    const settings = parseAgentSettings({
      POD_NAMESPACE: namespace,
      POD_NAME: name,
      POD_UID: uid,
      POD_IP: "127.0.0.1",
      CORE_URL: "http://127.0.0.1:1",
      PEERS_NAMESPACE: peers,
      PEERS_DIR: "/nonexistent/stellar-peers",
      DISCOVERY_SOURCE: "stellarnodes",
      ...environment,
    });
    const clock = systemClock;
    this.#api = api;
    const core = new HttpCoreApi({ url: settings.coreUrl, reloadPath: settings.reloadPath, clock });
    this.#agent = new Agent({
      settings,
      api: this.#api,
      core,
      clock,
      random: systemRandom,
      log: this.log,
      metrics: new AgentMetrics({ version: "0" }),
      version: "0",
      onNetwork: () => undefined,
    });
    this.#ended = this.#agent.run(this.#stop.signal).catch((error: unknown) => error);
  }

  synced(): boolean {
    return this.log.about("discovery.synced").length > 0;
  }

  /** Milliseconds since its picture was last proven. */
  pictureAge(): number {
    const { discovery } = this.#agent.status() as {
      readonly discovery: { readonly ageSeconds: number | null };
    };
    return (discovery.ageSeconds ?? Infinity) * 1_000;
  }

  /** The revision that its Core is connected as. */
  confirmed(): string | undefined {
    const { apply } = this.#agent.status() as { readonly apply: ApplierStatus };
    return apply.revision.confirmed;
  }

  leads(): boolean {
    return this.log.about("leader.acquired").length > this.log.about("leader.lost").length;
  }

  /** In good order: hands the Lease back if it holds it. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("stopped by the test"));
    await this.#ended;
    this.#api.close();
  }

  /** Without a word to the server: its connection is gone first. */
  async crash(): Promise<void> {
    this.#api.close();
    this.#stop.abort(new Error("crashed by the test"));
    await this.#ended;
  }
}
