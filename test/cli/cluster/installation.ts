import type { Installation } from "../../../cli/cluster/Installation.ts";
import type { WebhookConfiguration, WebhookEntry } from "../../../cli/cluster/WebhookConfiguration.ts";
import type { WebhookDeployment } from "../../../cli/cluster/WebhookDeployment.ts";
import { labels } from "../../../contract/labels.ts";

export interface InstallationChanges {
  readonly caBundle?: string;
  readonly available?: number;
  /** Of namespaces, besides `injection=enabled`. */
  readonly selector?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

const created = "2026-01-01T00:00:00Z";

/** A release of the chart in stellar-system that is in good health, except for what a test says. */
export function installation(changes: InstallationChanges = {}): Installation {
  const { caBundle = "Q0E=", available = 2, selector = {} } = changes;
  const environment = { AGENT_IMAGE: "registry.example/agent:1.2.3", ...changes.environment };
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const entry: WebhookEntry = {
    name: "inject.peer-discovery.stellar.org",
    failurePolicy: "Ignore",
    namespaceSelector: { matchLabels: { [labels.injection]: "enabled", ...selector } },
    clientConfig: { caBundle, service: { namespace: "stellar-system", name: "spd" } },
  };
  const configuration: WebhookConfiguration = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "spd", creationTimestamp: created },
    webhooks: [entry],
  };
  const deployment: WebhookDeployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace: "stellar-system", name: "spd", labels: { "app.kubernetes.io/version": "1.2.3" } },
    spec: { replicas: 2, template: { spec: { containers: [{ name: "webhook", env }] } } },
    status: { availableReplicas: available },
  };
  return { configuration, entry, deployment: { state: "seen", value: deployment } };
}
