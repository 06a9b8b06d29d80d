import type { Patch } from "../../kube/Patch.ts";
import type { WebhookConfiguration } from "./WebhookConfiguration.ts";

/**
 * Server-side apply of nothing but the caBundle of each webhook, under a field manager of its own: whoever applies the
 * chart, Helm or a GitOps tool, does not own the field and so does not take it away. With the resourceVersion that was
 * read: an apply would otherwise create a configuration that was deleted meanwhile.
 */
export function caBundlePatch(configuration: WebhookConfiguration, bundle: string): Patch {
  const { apiVersion, kind, metadata, webhooks = [] } = configuration;
  const caBundle = Buffer.from(bundle).toString("base64");
  return {
    type: "apply",
    fieldManager: "stellar-peer-discovery-ca",
    force: true,
    body: {
      apiVersion,
      kind,
      metadata: { name: metadata.name, resourceVersion: metadata.resourceVersion },
      webhooks: webhooks.map(({ name }) => ({ name, clientConfig: { caBundle } })),
    },
  };
}
