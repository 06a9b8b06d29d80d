import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import type { SigningPair } from "../../../webhook/tls/CertificateAuthority.ts";

/** Whether a client that trusts `ca` alone accepts the certificate under this name: undefined, or why it does not. */
export async function handshake(
  { certificate, privateKey }: SigningPair,
  ca: string,
  servername: string,
): Promise<string | undefined> {
  const server = createServer({ cert: certificate, key: privateKey }, (socket) => socket.end());
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: "127.0.0.1", port, ca, servername });
  try {
    await once(client, "secureConnect");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.destroy();
    server.close();
  }
}
