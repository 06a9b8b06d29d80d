import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

const taken = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on now. From below the ports that Linux gives to clients, so that
 * nobody is given it meanwhile; who finds it taken all the same asks for another.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port === port;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
