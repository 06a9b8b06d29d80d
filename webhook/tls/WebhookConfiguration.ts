import type { KubeObject } from "../../kube/KubeObject.ts";

/** The parts of a MutatingWebhookConfiguration (admissionregistration.k8s.io/v1) that the certificates need. */
export interface WebhookConfiguration extends KubeObject {
  readonly webhooks?: readonly {
    readonly name: string;
    /** `caBundle` is PEM in base64. */
    readonly clientConfig?: { readonly caBundle?: string };
  }[];
}
