import { setTimeout as pass } from "node:timers/promises";
import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { RunningAgent } from "../../test/agent/server/RunningAgent.ts";
import type { ValidatorFleet } from "../../test/agent/server/ValidatorFleet.ts";
import { CoreModel } from "../../test/fake-core/CoreModel.ts";
import { FakeCore } from "../../test/fake-core/FakeCore.ts";
import { FakeNetwork } from "../../test/fake-core/FakeNetwork.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import type { BenchServer } from "../server/openServer.ts";

export interface ConfirmedScene {
  readonly server: BenchServer;
  /** Of at least `agents` and `changes` validators. */
  readonly fleet: ValidatorFleet;
  readonly agents: number;
  readonly changes: number;
}

/**
 * Seconds from the change of a validator's address until the last of so many agents has seen its own Core, a fake one,
 * connected to it. The validators that move have Cores and no agents, so that nobody's start is counted.
 */
export async function measureConfirmed(scene: ConfirmedScene): Promise<readonly number[]> {
  const { server, fleet, agents: count, changes } = scene;
  const network = new FakeNetwork();
  const core = (index: number, address: string) => ({
    clock,
    network,
    name: `v${index}`,
    address: `${address}:11625`,
    passphrase: knownPassphrases.get("testnet") ?? "",
    outboundSlots: 100,
  });
  const cores = Array.from(
    { length: count },
    (_, index) => new FakeCore(core(index, fleet.address(index, 0))),
  );
  for (let index = count; index < count + changes; index += 1)
    new CoreModel(core(index, fleet.address(index, 0))).start();
  await Promise.all(cores.map((each) => each.start()));
  const agents = cores.map(({ url }, index) => {
    const environment = {
      POD_IP: fleet.address(index, 0),
      CORE_URL: url,
      RELOAD: "connect",
      MAX_DIALED_PEERS: "100",
    };
    const connection = loadKubeConnection({ clock, kubeconfig: server.kubeconfig });
    const api = new HttpKubeApi({ clock, connection });
    const identity = `validators/v${index}-0/uid-${index}`;
    return new RunningAgent({ api, identity, peers: "stellar-system", environment });
  });
  const confirmed = (old: string | undefined): Promise<string> =>
    eventually("all agents are connected as listed", 120_000, () => {
      const all = new Set(agents.map((agent) => agent.confirmed()));
      const [revision] = all;
      return all.size === 1 && revision !== old && revision;
    });
  try {
    const took: number[] = [];
    let revision = await confirmed(undefined);
    for (let round = 0; round < changes; round += 1) {
      await pass(3_000 + Math.random() * 1_000);
      const index = count + round;
      new CoreModel(core(index, fleet.address(index, 1))).start();
      const began = performance.now();
      await fleet.move(index, 1);
      revision = await confirmed(revision);
      took.push((performance.now() - began) / 1000);
    }
    return took;
  } finally {
    await Promise.all(agents.map((agent) => agent.crash()));
    await Promise.all(cores.map((each) => each.stop()));
  }
}
