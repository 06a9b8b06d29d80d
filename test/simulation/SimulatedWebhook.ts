import { names } from "../../contract/names.ts";
import { LeaderElector } from "../../kube/LeaderElector.ts";
import { parseWebhookSettings } from "../../webhook/parseWebhookSettings.ts";
import { Provisioner } from "../../webhook/provision/Provisioner.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { SimulatedProcess } from "./SimulatedProcess.ts";

const ignore = (): void => undefined;

/** A webhook replica's elected half, the provisioner, as a process of the simulated world. */
export class SimulatedWebhook {
  readonly process: SimulatedProcess;
  readonly provisioner: Provisioner;
  readonly elector: LeaderElector;

  constructor(process: SimulatedProcess, random: SeededRandom, uid: string) {
    const shared = { api: process.api, clock: process.clock, log: process.log };
    this.process = process;
    this.provisioner = new Provisioner({
      ...shared,
      random: random.fork(),
      metrics: {
        namespaces: ignore,
        problems: ignore,
        pods: ignore,
        evicted: ignore,
        missingAccounts: ignore,
      },
      events: { record: ignore },
      serverMinor: () => 37,
      settings: parseWebhookSettings(
        {
          AGENT_IMAGE: "agent:1",
          PEERS_NAMESPACE: names.namespace,
          POD_NAMESPACE: names.namespace,
          POD_NAME: process.name,
          POD_UID: uid,
        },
        "1.0.0",
      ),
    });
    this.elector = new LeaderElector({
      ...shared,
      random: random.fork(),
      lease: { namespace: names.namespace, name: "provisioner" },
      identity: `${names.namespace}/${process.name}/${uid}`,
      create: true,
      lead: (term, signal) => this.provisioner.lead(term, signal),
      onChange: ignore,
    });
  }
}
