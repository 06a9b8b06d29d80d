import { Agent } from "../../agent/Agent.ts";
import type { AgentSettings } from "../../agent/AgentSettings.ts";
import type { ApplierStatus } from "../../agent/apply/ApplierStatus.ts";
import type { DiscoveryStatus } from "../../agent/discover/Discovery.ts";
import type { PublisherStatus } from "../../agent/publish/PublisherStatus.ts";
import { names } from "../../contract/names.ts";
import type { Leadership } from "../../kube/Leadership.ts";
import { ModelCoreApi } from "../fake-core/ModelCoreApi.ts";
import { FaultyCore } from "./FaultyCore.ts";
import { Mount } from "./Mount.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { SimulatedProcess } from "./SimulatedProcess.ts";
import type { Validator, ValidatorPod } from "./Validator.ts";

const ignore = (): void => undefined;
const metrics = {
  discovery: { pictured: ignore, aged: ignore, changed: ignore, failing: ignore, sourced: ignore },
  publish: {
    written: ignore,
    withheld: ignore,
    withholding: ignore,
    failed: ignore,
    conflict: ignore,
    refused: ignore,
    restored: ignore,
  },
  apply: {
    documentReceived: ignore,
    documentRejected: ignore,
    documentRefused: ignore,
    reloaded: ignore,
    dialed: ignore,
    confirmed: ignore,
    looked: ignore,
  },
  leading: ignore,
};

export interface AgentStatus {
  readonly identity: string;
  readonly leadership: Leadership;
  readonly discovery: DiscoveryStatus;
  readonly publish: PublisherStatus;
  readonly apply: ApplierStatus;
}

export interface SimulatedAgentOptions {
  readonly process: SimulatedProcess;
  readonly random: SeededRandom;
  readonly validator: Validator;
  readonly pod: ValidatorPod;
  readonly source: AgentSettings["discoverySource"];
  readonly onConnect: (agent: SimulatedAgent, address: string) => void;
  readonly onReload: (agent: SimulatedAgent) => void;
}

/** The product's agent as a process of the simulated world. */
export class SimulatedAgent {
  readonly process: SimulatedProcess;
  readonly mount: Mount;
  readonly agent: Agent;

  constructor(options: SimulatedAgentOptions) {
    const { onConnect, onReload, pod, process, random } = options;
    this.process = process;
    this.mount = new Mount(pod, process.clock);
    const core = new FaultyCore({
      core: new ModelCoreApi(pod.core),
      clock: process.clock,
      random: random.fork(),
      latency: () => pod.coreLatency,
      onConnect: (address) => onConnect(this, address),
      onReload: () => onReload(this),
    });
    this.agent = new Agent({
      settings: settingsOf(options),
      api: process.api,
      core,
      directoryAccess: this.mount,
      clock: process.clock,
      random: random.fork(),
      log: process.log,
      metrics,
      version: "simulated",
      onNetwork: ignore,
    });
  }

  status(): AgentStatus {
    return this.agent.status() as AgentStatus;
  }
}

function settingsOf({ source, pod, validator: { namespace, name } }: SimulatedAgentOptions): AgentSettings {
  return {
    pod: { namespace, name: `${name}-0`, uid: pod.uid, ip: pod.ip },
    coreUrl: "http://127.0.0.1:11626",
    corePeerPort: 11_625,
    peersNamespace: names.namespace,
    peersConfigMap: names.configMap,
    peersLease: names.lease,
    peersDirectory: names.peersDirectory,
    pollInterval: 30_000,
    discoverySource: source,
    discoverySelector: "stellar.org/node-type=Validator",
    staticPeers: [],
    reload: "auto",
    reloadPath: "/http-command?admin=true&command=config-reload",
    maxDialedPeers: 8,
    health: { host: "127.0.0.1", port: 0 },
    logLevel: "info",
  };
}
