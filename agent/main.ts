import { HttpKubeApi } from "../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../kube/loadKubeConnection.ts";
import { createLog } from "../runtime/createLog.ts";
import { runProgram } from "../runtime/runProgram.ts";
import { systemClock as clock } from "../runtime/systemClock.ts";
import { systemRandom as random } from "../runtime/systemRandom.ts";
import { version } from "../runtime/version.ts";
import { Agent } from "./Agent.ts";
import { HttpCoreApi } from "./core/HttpCoreApi.ts";
import { parseAgentSettings } from "./parseAgentSettings.ts";
import { AgentHttpServer } from "./status/AgentHttpServer.ts";
import { AgentMetrics } from "./status/AgentMetrics.ts";

const environment = process.env;
let network = "";
const log = createLog({
  level: "info",
  base: {
    pod: environment["POD_NAME"] ?? "",
    namespace: environment["POD_NAMESPACE"] ?? "",
  },
  context: () => ({ network }),
});

async function run(signal: AbortSignal): Promise<void> {
  const settings = parseAgentSettings(environment);
  log.level = settings.logLevel;
  const connection = loadKubeConnection({
    clock,
    kubeconfig: environment["KUBECONFIG"],
    serviceHost: environment["KUBERNETES_SERVICE_HOST"],
    servicePort: environment["KUBERNETES_SERVICE_PORT"],
  });
  const api = new HttpKubeApi({ connection, clock });
  const metrics = new AgentMetrics({ version });
  const agent = new Agent({
    settings,
    api,
    core: new HttpCoreApi({ url: settings.coreUrl, reloadPath: settings.reloadPath, clock }),
    clock,
    random,
    log,
    metrics,
    version,
    onNetwork: (name) => (network = name),
  });
  const server = new AgentHttpServer({
    ...settings.health,
    log,
    registry: metrics.registry,
    heartbeats: agent.heartbeats,
    started: () => agent.started(),
    status: () => agent.status(),
  });
  try {
    await server.listen();
    await agent.run(signal);
  } finally {
    await server.close();
    api.close();
  }
}

await runProgram(process, { name: "agent", log, run });
