import type { ClusterApi } from "./ClusterApi.ts";
import type { Installation } from "./Installation.ts";
import { observe } from "./observe.ts";
import type { Observed } from "./Observed.ts";
import type { WebhookConfiguration, WebhookEntry } from "./WebhookConfiguration.ts";
import type { WebhookDeployment } from "./WebhookDeployment.ts";

/** The chart gives it this name whatever the release is called. */
const entryName = "inject.peer-discovery.stellar.org";

async function observeDeployment(
  api: ClusterApi,
  { clientConfig: { service } }: WebhookEntry,
  signal: AbortSignal,
): Promise<Observed<WebhookDeployment>> {
  if (!service) return { state: "unknown", detail: "the webhook is called by an address, not a Service" };
  const { namespace, name } = service;
  return observe(
    api.get<WebhookDeployment>({ apiVersion: "apps/v1", kind: "Deployment", namespace, name }, { signal }),
  );
}

/** Every release of the chart in the cluster, found by the entry in its webhook configuration. */
export async function observeInstallations(
  api: ClusterApi,
  signal: AbortSignal,
): Promise<Observed<readonly Installation[]>> {
  const kind = "MutatingWebhookConfiguration";
  const collection = { apiVersion: "admissionregistration.k8s.io/v1", kind };
  const listed = await observe(api.list<WebhookConfiguration>(collection, { signal }));
  if (listed.state !== "seen") return listed;
  const installations: Installation[] = [];
  for (const configuration of listed.value.items) {
    const entry = configuration.webhooks?.find(({ name }) => name === entryName);
    if (entry)
      installations.push({ configuration, entry, deployment: await observeDeployment(api, entry, signal) });
  }
  return { state: "seen", value: installations };
}
