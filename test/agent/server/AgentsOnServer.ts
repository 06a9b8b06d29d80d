import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeConnection } from "../../../kube/KubeConnection.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { InstalledChart } from "../../charts/InstalledChart.ts";
import type { ControlPlane } from "../../control-plane/ControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { RunningAgent } from "./RunningAgent.ts";
import { ValidatorFleet } from "./ValidatorFleet.ts";

/** The chart, validators, and whole agents with the rights and tokens of pods, on a real API server. */
export class AgentsOnServer {
  readonly admin: HttpKubeApi;
  readonly chart: InstalledChart;
  readonly fleet: ValidatorFleet;
  readonly agents: RunningAgent[] = [];
  readonly #control: ControlPlane;
  #made = 0;

  private constructor(control: ControlPlane, admin: HttpKubeApi, chart: InstalledChart) {
    this.#control = control;
    this.admin = admin;
    this.chart = chart;
    this.fleet = new ValidatorFleet(admin, chart.validators);
  }

  /** With an empty list and a free Lease, as the provisioner makes them. */
  static async install(control: ControlPlane): Promise<AgentsOnServer> {
    const admin = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    const chart = await InstalledChart.install(control, admin);
    const metadata = { namespace: chart.peers, name: "stellar-peers" };
    const list = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { "peers.json": "[]\n", revision: "0.0" },
    };
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata,
      spec: { leaseTransitions: 0 },
    };
    for (const object of [list, lease])
      await admin.create<KubeObject>(object, { signal: AbortSignal.timeout(10_000) });
    return new AgentsOnServer(control, admin, chart);
  }

  /** One more agent, in a pod of its own; `reach`: by another way than straight. */
  async start(
    reach = (token: string): KubeConnection => this.#control.connection(token),
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningAgent> {
    const { identity, token } = await this.chart.agent(`agent-${(this.#made += 1)}`);
    const { peers } = this.chart;
    const api = new HttpKubeApi({ connection: reach(token), clock: systemClock });
    const agent = new RunningAgent({ api, identity, peers, environment });
    this.agents.push(agent);
    return agent;
  }

  /** Resolves with the one that leads. */
  async leader(within: number): Promise<RunningAgent> {
    return eventually("an agent leads", within, () => this.agents.find((agent) => agent.leads()));
  }

  /** Out of the list of agents, having been stopped or crashed. */
  forget(agent: RunningAgent): void {
    this.agents.splice(this.agents.indexOf(agent), 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.stop()));
    await this.chart.uninstall();
    this.admin.close();
  }
}
