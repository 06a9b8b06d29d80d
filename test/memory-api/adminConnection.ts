import type { KubeConnection } from "../../kube/KubeConnection.ts";
import type { MemoryApiServer } from "./MemoryApiServer.ts";

interface Kubeconfig {
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

/** A connection to the server as its administrator. */
export function adminConnection(server: MemoryApiServer): KubeConnection {
  const { users } = JSON.parse(server.kubeconfig("admin")) as Kubeconfig;
  const headers = { authorization: `Bearer ${users[0]?.user.token}` };
  return {
    server: new URL(server.url),
    credentials: async () => ({ tls: { ca: server.ca }, headers }),
    invalidate: () => undefined,
  };
}
