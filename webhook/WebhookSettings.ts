import type { InjectionSettings } from "./inject/InjectionSettings.ts";

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** All that the webhook is told by its environment, checked and complete; durations in milliseconds. */
export interface WebhookSettings {
  readonly pod: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly injection: InjectionSettings;
  /** Name of the MutatingWebhookConfiguration whose caBundle the webhook owns. */
  readonly webhookConfiguration: string;
  readonly service: { readonly namespace: string; readonly name: string };
  /** The Secret of the shared CA, in the pod's namespace. */
  readonly caSecret: string;
  /** Where a certificate is mounted that somebody else keeps up; empty: the webhook makes its own. */
  readonly certificateDirectory: string;
  /** In the certificate besides the Service's names. */
  readonly certificateNames: readonly string[];
  /** HTTPS, `/mutate`. */
  readonly address: ListenAddress;
  /** HTTP, `/healthz`, `/readyz`, `/metrics`. */
  readonly health: ListenAddress;
  readonly logLevel: string;
  readonly drainDelay: number;
  readonly provisioner: {
    readonly enabled: boolean;
    readonly lease: string;
    /** Of the API server, for agents under NetworkPolicies; empty: no policy is made. */
    readonly apiPorts: readonly number[];
    /** What is done about pods that slipped through, besides telling of them. */
    readonly remediation: "off" | "evict";
    /** Labels that a namespace must have besides `injection=enabled`. */
    readonly namespaceLabels: Readonly<Record<string, string>>;
  };
  /** Of the roles that the chart makes and the provisioner binds. */
  readonly roles: { readonly cluster: string; readonly peers: string; readonly events: string };
}
