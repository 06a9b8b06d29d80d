import assert from "node:assert/strict";
import type { Server } from "node:net";
import { afterEach, describe, it } from "node:test";
import { systemClock } from "../../../runtime/systemClock.ts";
import { freePort } from "../../control-plane/freePort.ts";
import { FakeCore } from "../../fake-core/FakeCore.ts";
import { eventually } from "../../runtime/eventually.ts";
import { TcpNetwork } from "./TcpNetwork.ts";

interface Peers {
  readonly authenticated_peers: {
    readonly inbound: readonly { readonly address: string }[] | null;
    readonly outbound: readonly { readonly address: string }[] | null;
  };
}

/** A fake Core with wires of its own, as in a pod of its own. */
class Node {
  readonly core: FakeCore;
  readonly port: number;
  readonly #server: Server;

  private constructor(core: FakeCore, port: number, server: Server) {
    this.core = core;
    this.port = port;
    this.#server = server;
  }

  static async start(passphrase = "one"): Promise<Node> {
    const port = await freePort();
    const network = new TcpNetwork(systemClock, port);
    const core = new FakeCore({
      clock: systemClock,
      network,
      name: String(port),
      address: `127.0.0.1:${port}`,
      passphrase,
    });
    await core.start();
    return new Node(core, port, await network.listen("127.0.0.1"));
  }

  async dial(other: Node): Promise<void> {
    await fetch(`${this.core.url}/connect?peer=127.0.0.1&port=${other.port}`);
  }

  async peers(): Promise<readonly string[]> {
    const { authenticated_peers: peers } = (await (await fetch(`${this.core.url}/peers`)).json()) as Peers;
    return [...(peers.inbound ?? []), ...(peers.outbound ?? [])].map(({ address }) => address);
  }

  async end(): Promise<void> {
    await this.core.stop();
    this.#server.close();
  }
}

describe("fake Cores in several pods", () => {
  const nodes: Node[] = [];

  async function start(passphrase?: string): Promise<Node> {
    const node = await Node.start(passphrase);
    nodes.push(node);
    return node;
  }

  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.end();
  });

  it("show each other in /peers by the address that each listens at", async () => {
    const [alice, bob] = [await start(), await start()];
    await alice.dial(bob);
    await eventually("both show one peer", 5_000, async () => {
      const [ofAlice, ofBob] = [await alice.peers(), await bob.peers()];
      return ofAlice.join() === `127.0.0.1:${bob.port}` && ofBob.join() === `127.0.0.1:${alice.port}`;
    });
  });

  it("keep one connection when both dial at once", async () => {
    const [alice, bob] = [await start(), await start()];
    await Promise.all([alice.dial(bob), bob.dial(alice)]);
    await eventually("both show one peer", 10_000, async () => {
      return (await alice.peers()).length === 1 && (await bob.peers()).length === 1;
    });
  });

  it("lose a peer that ends", async () => {
    const [alice, bob] = [await start(), await start()];
    await alice.dial(bob);
    await eventually("connected", 5_000, async () => (await alice.peers()).length === 1);
    await bob.end();
    nodes.pop();
    await eventually("gone", 5_000, async () => (await alice.peers()).length === 0);
  });

  it("refuse a peer of another network", async () => {
    const [alice, bob, other] = [await start(), await start(), await start("two")];
    await alice.dial(other);
    await alice.dial(bob);
    await eventually("connected to bob", 5_000, async () => (await alice.peers()).length > 0);
    assert.deepEqual(await alice.peers(), [`127.0.0.1:${bob.port}`]);
    assert.deepEqual(await other.peers(), []);
  });
});
