import type { KubeObject } from "../../kube/KubeObject.ts";
import type { LabelSelector } from "../../kube/LabelSelector.ts";

export interface WebhookEntry {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly namespaceSelector?: LabelSelector;
  readonly clientConfig: {
    /** Base64. */
    readonly caBundle?: string;
    readonly service?: { readonly namespace: string; readonly name: string };
  };
}

/** The parts of a MutatingWebhookConfiguration (admissionregistration.k8s.io/v1) that are read here. */
export interface WebhookConfiguration extends KubeObject {
  readonly webhooks?: readonly WebhookEntry[];
}
