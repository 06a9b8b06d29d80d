import type { KubeApi } from "../../kube/KubeApi.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import type { Plane } from "./Plane.ts";

export interface RealPlaneOptions {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  readonly kubeconfig: string;
  readonly helm: (args: readonly string[]) => Promise<string>;
  /** Folder of the chart. */
  readonly chart: string;
  /** `path=value`, as `--set` takes it. */
  readonly values?: readonly string[];
  /** Ends what was started for this. */
  readonly close: () => Promise<void>;
}

/** A real kube-apiserver with etcd; the chart is installed by helm. */
export class RealPlane implements Plane {
  readonly kind = "real";
  readonly api: KubeApi;
  readonly url: string;
  readonly ca: string;
  readonly kubeconfig: string;
  readonly close: () => Promise<void>;
  readonly #options: RealPlaneOptions;

  constructor(options: RealPlaneOptions) {
    this.#options = options;
    const { url, ca, token, kubeconfig } = options;
    const api = new HttpKubeApi({
      clock: systemClock,
      connection: {
        server: new URL(url),
        credentials: async () => ({ tls: { ca }, headers: { authorization: `Bearer ${token}` } }),
        invalidate: () => undefined,
      },
    });
    this.api = api;
    this.url = url;
    this.ca = ca;
    this.kubeconfig = kubeconfig;
    this.close = async () => {
      api.close();
      await options.close();
    };
  }

  async installChart(namespace: string): Promise<void> {
    const { helm, chart, values = [] } = this.#options;
    const created = ["--namespace", namespace, "--create-namespace"];
    const set = values.flatMap((value) => ["--set", value]);
    await helm(["install", "stellar-peer-discovery", chart, ...created, ...set]);
  }
}
