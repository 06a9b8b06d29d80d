import { Discovery } from "../../../agent/discover/Discovery.ts";
import type { SourceSettings } from "../../../agent/discover/Sources.ts";
import type { Log, LogFields } from "../../../runtime/Log.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import type { Clock } from "../../../runtime/Clock.ts";
import { Heartbeat } from "../../../runtime/Heartbeat.ts";

/** A Discovery that runs, with all that it says and does written down. */
export class RunningDiscovery {
  readonly discovery: Discovery;
  readonly heartbeat: Heartbeat;
  readonly lines: (LogFields & { readonly level: string })[] = [];
  readonly failing = new Map<string, boolean>();
  changes = 0;
  readonly #stop = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(api: KubeApi, clock: Clock, settings: Partial<SourceSettings> = {}) {
    const note =
      (level: string) =>
      (fields: LogFields): void => {
        this.lines.push({ level, ...fields });
      };
    const log: Log = { debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") };
    this.heartbeat = new Heartbeat("discovery", clock, 15_000);
    this.discovery = new Discovery({
      api,
      clock,
      random: { next: () => 0.5 },
      log,
      settings: {
        discoverySource: "auto",
        discoverySelector: "stellar.org/node-type=Validator",
        pollInterval: 30_000,
        staticPeers: [],
        ...settings,
      },
      onChange: () => {
        this.changes += 1;
      },
      metrics: {
        pictured: () => undefined,
        aged: () => undefined,
        changed: () => undefined,
        failing: (kind, failing) => this.failing.set(kind, failing),
        sourced: () => undefined,
      },
      heartbeat: this.heartbeat,
    });
    const { signal } = this.#stop;
    this.#done = this.discovery.run(signal).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
    });
  }

  /** `name@ip:port` of each peer; undefined without a picture. */
  peers(): readonly string[] | undefined {
    return this.discovery.current()?.peers.map((peer) => `${peer.name}@${peer.peerString}`);
  }

  events(level?: string): readonly string[] {
    return this.lines.filter((line) => level === undefined || line.level === level).map((line) => line.event);
  }

  /** Ends it; rejects with what it failed with, if it did. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("the test is over"));
    await this.#done;
  }
}
