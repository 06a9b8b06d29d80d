import type { WebhookConfiguration } from "./WebhookConfiguration.ts";

/** The caBundle of each webhook, in PEM; empty where there is none. */
export function readCaBundles(configuration: WebhookConfiguration | undefined): readonly string[] {
  return (configuration?.webhooks ?? []).map(({ clientConfig }) =>
    Buffer.from(clientConfig?.caBundle ?? "", "base64").toString("utf8"),
  );
}
