import { Applier } from "../../../agent/apply/Applier.ts";
import { DocumentChoice } from "../../../agent/apply/DocumentChoice.ts";
import { MountedDocuments } from "../../../agent/apply/MountedDocuments.ts";
import { PublishedDocuments } from "../../../agent/apply/PublishedDocuments.ts";
import { HttpCoreApi } from "../../../agent/core/HttpCoreApi.ts";
import { parseAgentSettings } from "../../../agent/parseAgentSettings.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import { runTasks } from "../../../runtime/runTasks.ts";
import { systemClock as clock } from "../../../runtime/systemClock.ts";
import { systemRandom as random } from "../../../runtime/systemRandom.ts";
import { CoreModel } from "../../fake-core/CoreModel.ts";
import { FakeCore } from "../../fake-core/FakeCore.ts";
import { FakeNetwork } from "../../fake-core/FakeNetwork.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { makeValidator } from "./makeValidator.ts";
import { MountedDirectory } from "./MountedDirectory.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

const passphrase = "Test SDF Network ; September 2015";

/** The right half of an agent in real time: both ways in, and a fake Core behind HTTP, among `validators` others. */
export class ConnectingScene {
  readonly log = new RecordedLog();
  readonly directory: MountedDirectory;
  readonly #applier: Applier;
  readonly #core: FakeCore;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;

  private constructor(
    directory: MountedDirectory,
    core: FakeCore,
    api: KubeApi,
    configMap: { readonly namespace: string; readonly name: string },
  ) {
    this.directory = directory;
    this.#core = core;
    const { log } = this;
    const metrics = new RecordedApplyMetrics();
    const onChange = (): void => this.#applier.notify();
    const picture = {
      current: () => undefined,
      age: () => Infinity,
      unchangedFor: () => 0,
      hash: () => undefined,
    };
    const published = new PublishedDocuments({
      api,
      clock,
      random,
      log,
      configMap,
      picture,
      metrics,
      onChange,
    });
    const mounted = new MountedDocuments({ directory: directory.path, clock, log, metrics, onChange });
    this.#applier = new Applier({
      core: new HttpCoreApi({ url: core.url, reloadPath: "/config-reload", clock }),
      picture,
      documents: new DocumentChoice({ published, mounted, clock, log }),
      clock,
      random,
      log,
      metrics,
      settings: parseAgentSettings({
        POD_NAME: "v1-0",
        POD_NAMESPACE: "validators",
        POD_UID: "c0ffee",
        POD_IP: makeValidator(1).ip,
        RELOAD: "connect",
        MAX_DIALED_PEERS: "100",
      }),
    });
    const tasks = {
      published: (signal: AbortSignal) => published.run(signal),
      mounted: (signal: AbortSignal) => mounted.run(signal),
      apply: (signal: AbortSignal) => this.#applier.run(signal),
    };
    this.#running = runTasks(tasks, this.#ending.signal).catch(() => undefined);
  }

  static async open(options: {
    readonly api: KubeApi;
    readonly configMap: { readonly namespace: string; readonly name: string };
    readonly validators: number;
  }): Promise<ConnectingScene> {
    const network = new FakeNetwork();
    const make = (index: number) => ({
      clock,
      network,
      name: `v${index}`,
      address: makeValidator(index).peerString,
      passphrase,
      outboundSlots: 100,
    });
    const core = new FakeCore(make(1));
    for (let index = 2; index <= options.validators; index += 1) new CoreModel(make(index)).start();
    await core.start();
    const directory = await MountedDirectory.make();
    return new ConnectingScene(directory, core, options.api, options.configMap);
  }

  /** The ConfigMap's data for the first `count` validators. */
  data(count: number, revision: string): Readonly<Record<string, string>> {
    const peers = Array.from({ length: count }, (_, index) => makeValidator(index + 1));
    return { ...renderPeers(peers), revision };
  }

  confirmed(): string | undefined {
    return this.#applier.status().revision.confirmed;
  }

  verdict(): string {
    return this.#applier.status().core.verdict;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await this.#core.stop();
    await this.directory.remove();
  }
}
