import { Registry } from "prom-client";
import type { EventNote } from "../../../kube/EventRecorder.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { systemRandom } from "../../../runtime/systemRandom.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { ProvisionPrometheus } from "../../../webhook/provision/ProvisionPrometheus.ts";
import { Provisioner } from "../../../webhook/provision/Provisioner.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";

export interface RunningProvisionerOptions {
  readonly api: KubeApi;
  readonly peersNamespace: string;
  /** Of the cluster-wide role, unlike that of other tests. */
  readonly clusterRole: string;
  /** What sets this test's namespaces apart. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly remediation?: "off" | "evict";
}

/** A provisioner that leads until `stop`. */
export class RunningProvisioner {
  readonly log = new RecordedLog();
  readonly registry = new Registry();
  readonly events: EventNote[] = [];
  readonly provisioner: Provisioner;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(options: RunningProvisionerOptions) {
    const { api, peersNamespace, clusterRole, namespaceLabels, remediation = "off" } = options;
    const environment = { AGENT_IMAGE: "agent:1", PEERS_NAMESPACE: peersNamespace };
    this.provisioner = new Provisioner({
      api,
      clock: systemClock,
      random: systemRandom,
      log: this.log,
      metrics: new ProvisionPrometheus(this.registry),
      events: { record: (note) => void this.events.push(note) },
      serverMinor: () => 37,
      settings: {
        injection: parseInjectionSettings(environment, "1.0.0").settings,
        provisioner: { enabled: true, lease: "provisioner", remediation, apiPorts: [6443], namespaceLabels },
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
