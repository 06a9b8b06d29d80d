import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { knownPassphrases } from "../../../contract/knownPassphrases.ts";
import { freePort } from "../freePort.ts";
import type { StageCores } from "../StageCores.ts";
import type { CoreIdentity } from "./coreConfiguration.ts";
import { makeCoreIdentity } from "./makeCoreIdentity.ts";
import { RealCore } from "./RealCore.ts";

/**
 * Real Cores of one private network on the loopback interface. They bear the test network's passphrase, as the
 * StellarNodes of the demo say, and know nobody of it.
 */
export class RealCores implements StageCores<RealCore> {
  readonly #binary: string;
  readonly #directory: string;
  readonly #quorum: ReadonlyMap<string, CoreIdentity>;

  private constructor(binary: string, directory: string, quorum: ReadonlyMap<string, CoreIdentity>) {
    this.#binary = binary;
    this.#directory = directory;
    this.#quorum = quorum;
  }

  /** `quorum`: the pods whose Cores have to agree, two thirds of them at least. */
  static async open(binary: string, directory: string, quorum: readonly string[]): Promise<RealCores> {
    await mkdir(directory, { recursive: true });
    const identities = new Map<string, CoreIdentity>();
    for (const pod of quorum) identities.set(pod, makeCoreIdentity(pod));
    return new RealCores(binary, directory, identities);
  }

  async make(pod: string): Promise<RealCore> {
    const identity = this.#quorum.get(pod) ?? makeCoreIdentity(pod);
    const core = await RealCore.create(this.#binary, join(this.#directory, pod), await freePort(), {
      identity,
      quorum: [...this.#quorum.values()],
      passphrase: knownPassphrases.get("testnet") ?? "",
      httpPort: await freePort(),
      peerPort: await freePort(),
      logFile: "stellar-core.log",
    });
    await core.start();
    return core;
  }
}
