import { injectionEnvironment } from "./inject/injectionEnvironment.ts";

/**
 * Every environment variable that the webhook reads, with what each is when absent: `undefined` means that it must be
 * given. The chart sets them; a name that is not here has no effect.
 */
export const webhookEnvironment = {
  ...injectionEnvironment,
  /** This pod, by the downward API. */
  POD_NAME: undefined,
  POD_NAMESPACE: undefined,
  POD_UID: undefined,
  /** The MutatingWebhookConfiguration whose caBundle is kept up to date. */
  WEBHOOK_CONFIGURATION: "stellar-peer-discovery",
  /** The Service that the API server calls: its DNS names stand in the certificate. */
  SERVICE_NAME: "stellar-peer-discovery",
  /** Absent: POD_NAMESPACE. */
  SERVICE_NAMESPACE: "",
  /** The Secret, in POD_NAMESPACE, with the CA that the replicas share. */
  CA_SECRET: "stellar-peer-discovery-ca",
  /** Folder with tls.crt, tls.key and ca.crt, as cert-manager makes them. Absent: the webhook has a CA of its own. */
  CERTIFICATE_DIR: "",
  /** Further DNS names and IP addresses in the certificate, comma separated. */
  CERTIFICATE_NAMES: "",
  /** HTTPS, for the API server. */
  WEBHOOK_ADDRESS: "0.0.0.0:10250",
  /** HTTP, for the kubelet and Prometheus. */
  HEALTH_ADDRESS: "0.0.0.0:8080",
  LOG_LEVEL: "info",
  /** How long a replica that was told to end goes on serving, until the API server has stopped calling it. */
  DRAIN_DELAY: "5s",
  /** `false`: this Deployment injects only, and something else provides ConfigMap copies and rights. */
  PROVISIONER_ENABLED: "true",
  /** The Lease, in POD_NAMESPACE, that elects the provisioner. */
  PROVISIONER_LEASE: "stellar-peers-provisioner",
  /** `evict`: validator pods that slipped through are evicted, one at a time, to come back with an agent. */
  REMEDIATION: "off",
  /** Ports, comma separated, of the API server: agents whose egress is limited are let through to them. Empty: not. */
  AGENT_API_PORTS: "",
  /** Only namespaces with these labels too, as `key=value`, comma separated: the webhook configuration's own selector. */
  NAMESPACE_SELECTOR: "",
  /** The ClusterRole that lets agents read StellarNodes and EndpointSlices. */
  AGENT_CLUSTER_ROLE: "stellar-peer-discovery-agent",
  /** The Role, in PEERS_NAMESPACE, that lets agents use the ConfigMap and the Lease. */
  AGENT_PEERS_ROLE: "stellar-peer-discovery-agent",
  /** The ClusterRole, bound in each namespace, that lets agents create Events. */
  AGENT_EVENTS_ROLE: "stellar-peer-discovery-agent-events",
} as const;
