import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";
import { MemoryApiServer } from "./MemoryApiServer.ts";
import { adminConnection } from "./adminConnection.ts";

const signal = AbortSignal.timeout(60_000);

kubeApiConformance("HttpKubeApi on a MemoryApiServer", async () => {
  const memory = new MemoryApi({ clock: systemClock });
  await memory.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "suite" } }, { signal });
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
