import type { Observed } from "./Observed.ts";
import type { WebhookConfiguration, WebhookEntry } from "./WebhookConfiguration.ts";
import type { WebhookDeployment } from "./WebhookDeployment.ts";

/** One release of the chart in a cluster. */
export interface Installation {
  readonly configuration: WebhookConfiguration;
  /** The configuration's entry that is ours. */
  readonly entry: WebhookEntry;
  /** Named like the Service that the entry calls. */
  readonly deployment: Observed<WebhookDeployment>;
}
