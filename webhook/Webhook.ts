import { EventRecorder } from "../kube/EventRecorder.ts";
import type { KubeApi } from "../kube/KubeApi.ts";
import { type ElectionTerm, LeaderElector } from "../kube/LeaderElector.ts";
import type { ServerVersion } from "../kube/ServerVersion.ts";
import type { Clock } from "../runtime/Clock.ts";
import { Heartbeat } from "../runtime/Heartbeat.ts";
import type { Log } from "../runtime/Log.ts";
import type { Random } from "../runtime/Random.ts";
import { runTasks, type Task } from "../runtime/runTasks.ts";
import { AdmissionServer } from "./admission/AdmissionServer.ts";
import { ProbeServer } from "./admission/ProbeServer.ts";
import type { WebhookMetrics } from "./admission/WebhookMetrics.ts";
import { ProvisionPrometheus } from "./provision/ProvisionPrometheus.ts";
import { Provisioner } from "./provision/Provisioner.ts";
import type { SigningPair } from "./tls/CertificateAuthority.ts";
import type { CertificateSource } from "./tls/CertificateSource.ts";
import { MountedCertificates } from "./tls/MountedCertificates.ts";
import { ServingCertificates } from "./tls/ServingCertificates.ts";
import type { WebhookSettings } from "./WebhookSettings.ts";

export interface WebhookOptions {
  readonly settings: WebhookSettings;
  readonly api: KubeApi;
  /** Run by this. */
  readonly serverVersion: ServerVersion;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: WebhookMetrics;
}

/** One replica of the webhook: admission and its certificates, and the provisioner where this one is elected. */
export class Webhook {
  readonly #options: WebhookOptions;
  readonly #admission: AdmissionServer;
  readonly #certificates: CertificateSource;
  readonly #probes: ProbeServer;
  readonly #heartbeats = new Set<Heartbeat>();
  readonly #tasks: Record<string, Task> = {};

  constructor(options: WebhookOptions) {
    this.#options = options;
    const { settings, api, clock, log, metrics, serverVersion } = options;
    const controller = "peer-discovery.stellar.org/webhook";
    const events = new EventRecorder({ api, clock, log, controller, instance: settings.pod.name });
    this.#tasks["events"] = (signal) => events.run(signal);
    this.#admission = new AdmissionServer({
      ...settings.address,
      events,
      clock,
      log,
      metrics,
      context: (namespace) => ({
        settings: settings.injection,
        server: { minor: serverVersion.minor() ?? 0 },
        namespace: { name: namespace },
      }),
    });
    this.#certificates = this.#certificateSource();
    this.#probes = new ProbeServer({
      ...settings.health,
      log,
      liveness: () => this.#overdue(),
      readiness: () => this.#unready(),
      metrics: () => metrics.render(),
    });
    this.#tasks["certificates"] = (signal) => this.#certificates.run(signal);
    this.#tasks["server version"] = (signal) => serverVersion.run(signal);
    if (settings.provisioner.enabled) this.#addProvisioner(events);
  }

  /**
   * Runs until the signal aborts. Then the provisioner's Lease is handed back at once, while calls are served for the
   * drain delay, until the API server has stopped making them. Rejects when a loop died.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { log, settings } = this.#options;
    log.info(
      { event: "webhook.started", version: settings.injection.version, image: settings.injection.image },
      `webhook ${settings.injection.version} injects ${settings.injection.image}`,
    );
    try {
      await this.#probes.listen();
      await this.#admission.listen();
      await runTasks(this.#tasks, signal);
    } finally {
      await this.#drain(signal.aborted ? settings.drainDelay : 0);
    }
  }

  #certificateSource(): CertificateSource {
    const { settings } = this.#options;
    const options = {
      ...this.#options,
      heartbeat: this.#heartbeat("certificates", 30_000),
      onCertificate: (certificate: SigningPair) => this.#admission.setCertificate(certificate),
    };
    const { certificateDirectory: directory, webhookConfiguration } = settings;
    return directory === ""
      ? new ServingCertificates(options)
      : new MountedCertificates({ ...options, directory, webhookConfiguration });
  }

  #addProvisioner(events: EventRecorder): void {
    const { settings, api, clock, random, log, metrics, serverVersion } = this.#options;
    const { pod } = settings;
    // Only a leader's work has to make progress.
    const heartbeat = new Heartbeat("provisioner", clock, 60_000);
    const provisioner = new Provisioner({
      api,
      clock,
      random,
      log,
      settings,
      heartbeat,
      metrics: new ProvisionPrometheus(metrics.registry),
      events,
      serverMinor: () => serverVersion.minor(),
    });
    const lead = async (term: ElectionTerm, signal: AbortSignal): Promise<void> => {
      heartbeat.beat();
      this.#heartbeats.add(heartbeat);
      try {
        await provisioner.lead(term, signal);
      } finally {
        this.#heartbeats.delete(heartbeat);
      }
    };
    const elector = new LeaderElector({
      api,
      clock,
      random,
      log,
      lease: { namespace: pod.namespace, name: settings.provisioner.lease },
      identity: `${pod.namespace}/${pod.name}/${pod.uid}`,
      create: true,
      lead,
      onChange: () => undefined,
      heartbeat: this.#heartbeat("election", 15_000),
    });
    this.#tasks["provisioner's election"] = (signal) => elector.run(signal);
  }

  async #drain(delay: number): Promise<void> {
    this.#admission.drain();
    await this.#options.clock.sleep(delay, new AbortController().signal);
    await this.#admission.close();
    await this.#probes.close();
  }

  #heartbeat(name: string, period: number): Heartbeat {
    const heartbeat = new Heartbeat(name, this.#options.clock, period);
    this.#heartbeats.add(heartbeat);
    return heartbeat;
  }

  #overdue(): readonly string[] {
    return [...this.#heartbeats]
      .filter((heartbeat) => heartbeat.overdue() > 0)
      .map(({ name }) => `the ${name} loop makes no progress`);
  }

  #unready(): readonly string[] {
    const problems: string[] = [];
    if (!this.#certificates.ready())
      problems.push("no certificate is served that the webhook configuration's caBundle trusts");
    if (this.#options.serverVersion.minor() === undefined)
      problems.push("the API server's version is not known yet");
    return problems;
  }
}
