import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";
import { openNamespace } from "./openNamespace.ts";

kubeApiConformance("MemoryApi", async () => {
  const api = new MemoryApi({ clock: systemClock });
  await openNamespace(api, "suite");
  return {
    api,
    namespace: "suite",
    expire: async () => api.expire(),
    close: async () => undefined,
  };
});
