import { labels } from "../../contract/labels.ts";
import { createLog } from "../../runtime/createLog.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { ReviewHandler } from "../../webhook/admission/ReviewHandler.ts";
import { WebhookMetrics } from "../../webhook/admission/WebhookMetrics.ts";
import { parseInjectionSettings } from "../../webhook/inject/parseInjectionSettings.ts";

/** The webhook's handler as it is in service, in an enabled namespace; its log goes nowhere, but is written. */
export function openHandler(): ReviewHandler {
  const { settings } = parseInjectionSettings({ AGENT_IMAGE: "registry.example/agent:1" }, "1");
  const namespace = { name: "validators", labels: { [labels.injection]: "enabled" } };
  return new ReviewHandler({
    clock: systemClock,
    context: () => ({ settings, server: { minor: 37 }, namespace }),
    log: createLog({ level: "info", base: {} }, { write: () => undefined }),
    metrics: new WebhookMetrics("1"),
    events: { record: () => undefined },
  });
}
