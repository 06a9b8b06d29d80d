import { HttpKubeApi } from "../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../kube/loadKubeConnection.ts";
import { ServerVersion } from "../kube/ServerVersion.ts";
import { createLog } from "../runtime/createLog.ts";
import { runProgram } from "../runtime/runProgram.ts";
import { systemClock as clock } from "../runtime/systemClock.ts";
import { systemRandom as random } from "../runtime/systemRandom.ts";
import { version } from "../runtime/version.ts";
import { WebhookMetrics } from "./admission/WebhookMetrics.ts";
import { parseWebhookSettings } from "./parseWebhookSettings.ts";
import { Webhook } from "./Webhook.ts";

const environment = process.env;
const log = createLog({
  level: "info",
  base: {
    pod: environment["POD_NAME"] ?? "",
    namespace: environment["POD_NAMESPACE"] ?? "",
  },
});

async function run(signal: AbortSignal): Promise<void> {
  const settings = parseWebhookSettings(environment, version);
  log.level = settings.logLevel;
  const connection = loadKubeConnection({
    clock,
    kubeconfig: environment["KUBECONFIG"],
    serviceHost: environment["KUBERNETES_SERVICE_HOST"],
    servicePort: environment["KUBERNETES_SERVICE_PORT"],
  });
  const api = new HttpKubeApi({ connection, clock });
  const serverVersion = new ServerVersion({
    minorVersion: (options) => api.minorVersion(options),
    clock,
    random,
    log,
  });
  const metrics = new WebhookMetrics(version);
  const webhook = new Webhook({ settings, api, serverVersion, clock, random, log, metrics });
  try {
    await webhook.run(signal);
  } finally {
    api.close();
  }
}

await runProgram(process, { name: "webhook", log, run });
