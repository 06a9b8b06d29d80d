import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { FakeNetwork } from "../fake-core/FakeNetwork.ts";
import { StagedFakeCore } from "./StagedFakeCore.ts";
import type { StageCores } from "./StageCores.ts";

/** Fake Cores on one fake network, each at an address of its own that nobody listens on. */
export class FakeCores implements StageCores<StagedFakeCore> {
  readonly #network = new FakeNetwork();
  #addresses = 0;

  async make(pod: string): Promise<StagedFakeCore> {
    this.#addresses += 1;
    const core = new StagedFakeCore({
      clock: systemClock,
      network: this.#network,
      name: pod,
      address: `10.244.0.${this.#addresses + 10}:11625`,
      passphrase: knownPassphrases.get("testnet") ?? "",
    });
    await core.start();
    return core;
  }
}
