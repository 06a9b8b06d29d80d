/**
 * The plain pattern, several pods of it in this process, each with a connection of its own: every 30 s a list of all
 * StellarNodes, then one GET for each node, one after the other, of the object that holds its address: its slice. Lists
 * come compressed, as the agent's do. Says in a line of JSON how long each round took.
 *
 *   node bench/pollers/main.ts --kubeconfig FILE --count N
 */
import { parseArgs } from "node:util";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";

const period = 30_000;
const { values } = parseArgs({
  options: { kubeconfig: { type: "string" }, count: { type: "string", default: "1" } },
});
const { signal } = new AbortController();
const count = Number(values.count);

async function look(api: HttpKubeApi): Promise<void> {
  const nodes = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode" };
  const slice = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };
  const { items } = await api.list<KubeObject>(nodes, { signal });
  for (const { metadata } of items) {
    const { name, namespace = "" } = metadata;
    await api.get<KubeObject>({ ...slice, namespace, name: `${name}-x1` }, { signal });
  }
}

async function poll(index: number): Promise<void> {
  const api = new HttpKubeApi({
    clock,
    connection: loadKubeConnection({ clock, kubeconfig: values.kubeconfig }),
  });
  // Pods start at moments of their own.
  let next = performance.now() + (index / count) * period;
  for (;;) {
    await clock.sleep(next - performance.now(), signal);
    const began = performance.now();
    await look(api);
    console.log(JSON.stringify({ poller: index, seconds: (performance.now() - began) / 1000 }));
    next = Math.max(next + period, performance.now());
  }
}

await Promise.all(Array.from({ length: count }, (_, index) => poll(index)));
