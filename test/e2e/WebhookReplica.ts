import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./freePort.ts";
import { kubeconfigText } from "./kubeconfigText.ts";
import { ManagedProcess, type LogLine, type ProcessCircumstances } from "./ManagedProcess.ts";
import type { Plane } from "./Plane.ts";
import { readDeployedEnvironment } from "./readDeployedEnvironment.ts";

/**
 * The webhook's bundle as a process, told what the chart's Deployment tells its pods, with the rights of the chart's
 * service account. The chart's webhook configuration is made to call it on loopback.
 */
export class WebhookReplica {
  readonly process: ManagedProcess;
  readonly probeUrl: string;
  /** HTTPS, on 127.0.0.1. */
  readonly port: number;

  private constructor(process: ManagedProcess, probeUrl: string, port: number) {
    this.process = process;
    this.probeUrl = probeUrl;
    this.port = port;
  }

  static async start(options: {
    readonly plane: Plane;
    readonly namespace: string;
    readonly program: string;
    readonly directory: string;
    /** The chart's name for its objects. */
    readonly fullname?: string;
    /** Of the pod that it stands for; unlike that of other replicas. */
    readonly pod?: string;
    /** True unless something stands between: the webhook configuration is made to call this one. */
    readonly called?: boolean;
    readonly drainDelay?: string;
    readonly onLine?: (line: LogLine) => void;
    readonly circumstances?: ProcessCircumstances;
  }): Promise<WebhookReplica> {
    const { plane, namespace, directory, called = true, drainDelay = "0s" } = options;
    const { fullname = "stellar-peer-discovery", pod = `${fullname}-0` } = options;
    const signal = AbortSignal.timeout(30_000);
    const own = { namespace, name: fullname, pod };
    const { environment, serviceAccountName } = await readDeployedEnvironment(plane.api, own);
    const { token } = await plane.api.createToken(
      { namespace, name: serviceAccountName },
      { expirationSeconds: 3600 },
      { signal },
    );
    const kubeconfig = join(directory, `${pod}.kubeconfig`);
    await writeFile(kubeconfig, kubeconfigText({ url: plane.url, ca: plane.ca, token }));
    const [port, healthPort] = [await freePort(), await freePort()];
    const process = new ManagedProcess({
      name: "webhook",
      program: options.program,
      environment: {
        ...environment,
        KUBECONFIG: kubeconfig,
        WEBHOOK_ADDRESS: `127.0.0.1:${port}`,
        HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
        CERTIFICATE_NAMES: "127.0.0.1",
        DRAIN_DELAY: drainDelay,
      },
      logFile: join(directory, called ? "webhook.log" : `${pod}.log`),
      ...(options.onLine && { onLine: options.onLine }),
      ...(options.circumstances && { circumstances: options.circumstances }),
    });
    const replica = new WebhookReplica(process, `http://127.0.0.1:${healthPort}`, port);
    if (called) await WebhookReplica.call(plane, fullname, port);
    return replica;
  }

  async ready(): Promise<boolean> {
    try {
      const response = await fetch(`${this.probeUrl}/readyz`, { signal: AbortSignal.timeout(1000) });
      return response.ok;
    } catch {
      return false;
    }
  }

  /** No Service has an address here: the API server is told the process's own. */
  static async call(plane: Plane, fullname: string, port: number): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    const url = `https://127.0.0.1:${port}/mutate`;
    const reference = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingWebhookConfiguration",
      name: fullname,
    };
    const body = [
      { op: "remove", path: "/webhooks/0/clientConfig/service" },
      { op: "add", path: "/webhooks/0/clientConfig/url", value: url },
    ];
    await plane.api.patch(reference, { type: "json", body }, { signal });
  }
}
