import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { MemoryApi } from "../memory-api/MemoryApi.ts";
import { MemoryApiServer } from "../memory-api/MemoryApiServer.ts";
import { loopbackPodProxy } from "./loopbackPodProxy.ts";
import type { Plane } from "./Plane.ts";

/** The in-memory API server: needs nothing but Node. The chart comes as helm rendered it (`test/charts/golden`). */
export class MemoryPlane implements Plane {
  readonly kind = "memory";
  readonly api: KubeApi;
  readonly url: string;
  readonly ca: string;
  readonly kubeconfig: string;
  readonly #server: MemoryApiServer;
  readonly #rendered: string;

  private constructor(api: KubeApi, server: MemoryApiServer, kubeconfig: string, rendered: string) {
    this.api = api;
    this.url = server.url;
    this.ca = server.ca;
    this.kubeconfig = kubeconfig;
    this.#server = server;
    this.#rendered = rendered;
  }

  /** `rendered`: file of the chart's objects. `directory`: for the kubeconfig. */
  static async open(options: {
    readonly rendered: string;
    readonly directory: string;
  }): Promise<MemoryPlane> {
    const api = new MemoryApi({ clock: systemClock });
    const server = await MemoryApiServer.start({ api, proxyPod: loopbackPodProxy });
    const kubeconfig = join(options.directory, "kubeconfig");
    await writeFile(kubeconfig, server.kubeconfig("admin"), { mode: 0o600 });
    return new MemoryPlane(api, server, kubeconfig, options.rendered);
  }

  async installChart(namespace: string): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    await this.api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }, { signal });
    for (const document of parseAllDocuments(await readFile(this.#rendered, "utf8"))) {
      const object = document.toJS() as KubeObject | null;
      // Helm creates hooks when their time comes, which is not at installation.
      if (object && !object.metadata.annotations?.["helm.sh/hook"]) await this.api.create(object, { signal });
    }
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}
