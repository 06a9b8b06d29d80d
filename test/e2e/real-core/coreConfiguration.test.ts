import assert from "node:assert/strict";
import { it } from "node:test";
import { coreConfiguration } from "./coreConfiguration.ts";

const identity = (name: string) => ({ name, seed: `S${name}`, publicKey: `G${name}` });
const quorum = [identity("alpha"), identity("beta"), identity("gamma")];
const rest = { quorum, passphrase: "p", httpPort: 1, peerPort: 2 };

it("a validator of the quorum names itself by its seed's name, the others by their keys", () => {
  const text = coreConfiguration({ identity: identity("beta"), ...rest });
  assert.match(text, /^NODE_SEED="Sbeta beta"$/m);
  assert.match(text, /^VALIDATORS=\["Galpha alpha", "\$beta", "Ggamma gamma"\]$/m);
});

it("a validator that came later trusts the quorum, which does not know it", () => {
  const text = coreConfiguration({ identity: identity("delta"), ...rest });
  assert.match(text, /^VALIDATORS=\["Galpha alpha", "Gbeta beta", "Ggamma gamma"\]$/m);
});

it("knows no peer, and answers on its own ports alone", () => {
  const text = coreConfiguration({ identity: identity("delta"), ...rest });
  for (const line of ["KNOWN_PEERS=[]", "HTTP_PORT=1", "PUBLIC_HTTP_PORT=false", "PEER_PORT=2"])
    assert.ok(text.split("\n").includes(line), line);
});
