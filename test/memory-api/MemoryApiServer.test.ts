import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";
import { openNamespace } from "./openNamespace.ts";
import { MemoryApiServer } from "./MemoryApiServer.ts";
import { adminConnection } from "./adminConnection.ts";

kubeApiConformance("HttpKubeApi on a MemoryApiServer", async () => {
  const memory = new MemoryApi({ clock: systemClock });
  await openNamespace(memory, "suite");
  const server = await MemoryApiServer.start({ api: memory });
  const api = new HttpKubeApi({ clock: systemClock, connection: adminConnection(server) });
  return {
    api,
    namespace: "suite",
    expire: async () => memory.expire(),
    close: async () => {
      api.close();
      await server.close();
    },
  };
});
