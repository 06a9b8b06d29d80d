import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { makeValidator } from "../../test/agent/apply/makeValidator.ts";
import { MountedConfigMap } from "../../test/e2e/MountedConfigMap.ts";
import { CoreModel } from "../../test/fake-core/CoreModel.ts";
import { FakeCore } from "../../test/fake-core/FakeCore.ts";
import { FakeNetwork } from "../../test/fake-core/FakeNetwork.ts";
import { eventually } from "../../test/runtime/eventually.ts";

/** A mounted list that can grow, with a fake Core for the agent and a plain endpoint for who calls a URL. */
export class SwapScene {
  readonly #mount: MountedConfigMap;
  readonly #core: FakeCore;
  readonly #server: Server;
  readonly #listed: number;
  #reloads = 0;

  private constructor(directory: string, core: FakeCore, listed: number) {
    this.#mount = new MountedConfigMap(directory);
    this.#core = core;
    this.#listed = listed;
    this.#server = createServer((_request, response) => {
      this.#reloads += 1;
      response.end();
    });
  }

  /** With so many validators listed, and so many more that run already. */
  static async open(directory: string, listed: number, more: number): Promise<SwapScene> {
    const network = new FakeNetwork();
    const options = (index: number) => ({
      clock,
      network,
      name: `v${index}`,
      address: makeValidator(index).peerString,
      passphrase: knownPassphrases.get("testnet") ?? "",
      outboundSlots: 500,
    });
    const core = new FakeCore(options(1));
    for (let index = 2; index <= listed + more; index += 1) new CoreModel(options(index)).start();
    await core.start();
    const scene = new SwapScene(directory, core, listed);
    scene.#server.listen(0, "127.0.0.1");
    await once(scene.#server, "listening");
    await scene.add(0);
    return scene;
  }

  get own(): { readonly name: string; readonly ip: string } {
    return makeValidator(1);
  }

  /** Of Core's admin HTTP. */
  get url(): string {
    return this.#core.url;
  }

  get reloadUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/-/reload`;
  }

  reloads(): number {
    return this.#reloads;
  }

  dials(): number {
    return this.#core.model.requestsFor("/connect").length;
  }

  /** Lists so many of those that were not at first. */
  async add(count: number): Promise<void> {
    const peers = Array.from({ length: this.#listed + count }, (_, index) => makeValidator(index + 1));
    await this.#mount.write({ ...renderPeers(peers), revision: `1.${count}` });
  }

  /** Resolves once Core was made to connect. */
  async connected(): Promise<void> {
    await eventually("Core is dialed for", 60_000, () => this.dials() > 0);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#core.stop();
  }
}
