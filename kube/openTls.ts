import { isIP } from "node:net";
import { connect } from "node:tls";
import type { TLSSocket } from "node:tls";
import type { TransportTarget } from "./Transport.ts";

/** A verified TLS connection that offers HTTP/2 and 1.1. Rejects with Node's error, or the signal's reason. */
export function openTls({ server, tls }: TransportTarget, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = server.hostname.replace(/^\[|\]$/g, "");
    const socket = connect({
      host,
      port: Number(server.port || 443),
      ALPNProtocols: ["h2", "http/1.1"],
      ...(isIP(host) === 0 && { servername: host }),
      ...tls,
    });
    const onAbort = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    const settle = (): void => signal.removeEventListener("abort", onAbort);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", (error) => {
      settle();
      reject(error);
    });
    socket.once("secureConnect", () => {
      settle();
      socket.setKeepAlive(true, 30_000);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
