import type { KubeApi } from "../../kube/KubeApi.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { ValidatorFleet } from "../../test/agent/server/ValidatorFleet.ts";
import type { RunningControlPlane } from "../../test/control-plane/RunningControlPlane.ts";
import { startControlPlane, type ControlPlaneOptions } from "../../test/control-plane/startControlPlane.ts";

export interface BenchServer extends RunningControlPlane {
  readonly port: number;
  /** As the cluster's administrator. */
  readonly api: KubeApi;
  readonly fleet: ValidatorFleet;
  readonly close: () => Promise<void>;
}

/** A kube-apiserver with so many validators, an empty list and a free Lease. */
export async function openServer(
  binaries: string,
  validators: number,
  options: ControlPlaneOptions = {},
): Promise<BenchServer> {
  const started = await startControlPlane(binaries, options);
  const { url, ca, token } = started.running;
  const api = new HttpKubeApi({
    clock: systemClock,
    connection: {
      server: new URL(url),
      credentials: async () => ({ tls: { ca }, headers: { authorization: `Bearer ${token}` } }),
      invalidate: () => undefined,
    },
  });
  const close = async (): Promise<void> => {
    api.close();
    await started.close();
  };
  const fleet = new ValidatorFleet(api, "validators");
  try {
    const metadata = { namespace: "stellar-system", name: "stellar-peers" };
    const data = { "peers.json": "[]\n", revision: "0.0" };
    const objects: readonly (KubeObject & Readonly<Record<string, unknown>>)[] = [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: metadata.namespace } },
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "validators" } },
      { apiVersion: "v1", kind: "ConfigMap", metadata, data },
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec: { leaseTransitions: 0 } },
    ];
    for (const object of objects)
      await api.create<KubeObject>(object, { signal: AbortSignal.timeout(10_000) });
    await fleet.create(validators);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...started.running, port: Number(new URL(url).port), api, fleet, close };
}
