import type { KubeApi } from "../../../kube/KubeApi.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { systemRandom } from "../../../runtime/systemRandom.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { Provisioner } from "../../../webhook/provision/Provisioner.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";

export interface RunningProvisionerOptions {
  readonly api: KubeApi;
  readonly peersNamespace: string;
  /** Of the cluster-wide role, unlike that of other tests. */
  readonly clusterRole: string;
  /** What sets this test's namespaces apart. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

/** A provisioner that leads until `stop`. */
export class RunningProvisioner {
  readonly log = new RecordedLog();
  readonly provisioner: Provisioner;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;

  constructor({ api, peersNamespace, clusterRole, namespaceLabels }: RunningProvisionerOptions) {
    const environment = { AGENT_IMAGE: "agent:1", PEERS_NAMESPACE: peersNamespace };
    this.provisioner = new Provisioner({
      api,
      clock: systemClock,
      random: systemRandom,
      log: this.log,
      settings: {
        injection: parseInjectionSettings(environment, "1.0.0").settings,
        provisioner: { enabled: true, lease: "provisioner", namespaceLabels },
        roles: { cluster: clusterRole, peers: "agent", events: `${clusterRole}-events` },
      },
    });
    const { signal } = this.#ending;
    this.#running = this.provisioner.lead({ epoch: 1 }, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }
}
