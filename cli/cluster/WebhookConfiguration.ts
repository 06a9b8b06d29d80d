import type { KubeObject } from "../../kube/KubeObject.ts";

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

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
