import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";

const signal = AbortSignal.timeout(60_000);

kubeApiConformance("MemoryApi", async () => {
  const api = new MemoryApi({ clock: systemClock });
  await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "suite" } }, { signal });
  return {
    api,
    namespace: "suite",
    expire: async () => api.expire(),
    close: async () => undefined,
  };
});
