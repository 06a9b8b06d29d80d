import { knownPassphrases } from "../../../contract/knownPassphrases.ts";
import { coreConfiguration, type CoreIdentity } from "../real-core/coreConfiguration.ts";
import { makeCoreIdentity } from "../real-core/makeCoreIdentity.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";

/** The run's first three, which are there all the time: two of them must agree. */
const quorum = ["alpha", "beta", "gamma"];

/**
 * A real Core of this image for each validator, in one private network that bears the test network's passphrase, since
 * that is what the run's StellarNodes say; else the fake one.
 */
export function chooseCore(fakeImage: string, realImage: string | undefined): ValidatorCore {
  if (realImage === undefined) return { image: fakeImage };
  const identities = new Map(quorum.map((name) => [name, makeCoreIdentity(name)]));
  const identityOf = (name: string): CoreIdentity => {
    const identity = identities.get(name) ?? makeCoreIdentity(name);
    identities.set(name, identity);
    return identity;
  };
  return {
    image: realImage,
    configuration: (name) =>
      coreConfiguration({
        identity: identityOf(name),
        quorum: quorum.map(identityOf),
        passphrase: knownPassphrases.get("testnet") ?? "",
        httpPort: 11_626,
        peerPort: 11_625,
      }),
  };
}
