import { Program } from "../measure/Program.ts";

export interface AgentPlace {
  readonly kubeconfig: string;
  /** The directory of the mounted list. */
  readonly directory: string;
  readonly healthPort: number;
  readonly coreUrl: string;
  /** Validator whose agent it is. */
  readonly name: string;
  readonly ip: string;
  readonly maxDialedPeers?: number;
}

/** The agent's bundle with the flags of its image. */
export function agentProgram(place: AgentPlace): Program {
  const { kubeconfig, directory, healthPort, coreUrl, name, ip, maxDialedPeers = 500 } = place;
  return new Program(process.execPath, ["--max-semi-space-size=1", "dist/agent.js"], {
    KUBECONFIG: kubeconfig,
    PEERS_DIR: directory,
    HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
    CORE_URL: coreUrl,
    POD_NAME: `${name}-0`,
    POD_NAMESPACE: "validators",
    POD_UID: "c0ffee",
    POD_IP: ip,
    DISCOVERY_SOURCE: "stellarnodes",
    RELOAD: "connect",
    MAX_DIALED_PEERS: String(maxDialedPeers),
  });
}
