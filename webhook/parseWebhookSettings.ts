import { parseDuration } from "../contract/parseDuration.ts";
import { ConfigurationError } from "../runtime/ConfigurationError.ts";
import { EnvironmentReader } from "./inject/EnvironmentReader.ts";
import { logLevels } from "./inject/logLevels.ts";
import { parseInjectionSettings } from "./inject/parseInjectionSettings.ts";
import { settingPatterns } from "./inject/settingPatterns.ts";
import { webhookEnvironment } from "./webhookEnvironment.ts";
import type { ListenAddress, WebhookSettings } from "./WebhookSettings.ts";

const certificateName = /^[A-Za-z0-9*]([-A-Za-z0-9.]*[A-Za-z0-9])?$|^[0-9a-fA-F:]+$/;
const labelTerm = /^([a-zA-Z0-9./_-]{1,317})=([a-zA-Z0-9._-]{0,63})$/;

type Reader = EnvironmentReader<keyof typeof webhookEnvironment>;

function readAddress(reader: Reader, name: "WEBHOOK_ADDRESS" | "HEALTH_ADDRESS"): ListenAddress {
  const text = reader.matching(name, /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/, "IP:PORT");
  const colon = text.lastIndexOf(":");
  const port = Number(text.slice(colon + 1));
  if (port > 65_535) reader.problems.push(`${name} has the port ${port}, which is above 65535`);
  return { host: text.slice(0, colon).replaceAll(/[[\]]/g, ""), port };
}

function readDuration(reader: Reader, name: "DRAIN_DELAY"): number {
  const text = reader.text(name);
  const value = parseDuration(text);
  if (value === undefined)
    reader.problems.push(`${name} is ${JSON.stringify(text)}, which is not a duration such as 5s`);
  return value ?? 0;
}

function readName(
  reader: Reader,
  name:
    | "WEBHOOK_CONFIGURATION"
    | "SERVICE_NAME"
    | "SERVICE_NAMESPACE"
    | "CA_SECRET"
    | "PROVISIONER_LEASE"
    | "AGENT_CLUSTER_ROLE"
    | "AGENT_PEERS_ROLE"
    | "AGENT_EVENTS_ROLE",
): string {
  return reader.matching(name, settingPatterns.name.pattern, settingPatterns.name.wanted);
}

function readCertificateNames(reader: Reader): readonly string[] {
  const names = reader.text("CERTIFICATE_NAMES").split(",");
  const wrong = names.filter((name) => name !== "" && !certificateName.test(name));
  for (const name of wrong)
    reader.problems.push(
      `CERTIFICATE_NAMES has ${JSON.stringify(name)}, which is not a DNS name or IP address`,
    );
  return names.filter((name) => name !== "");
}

/** Equality only: what the webhook configuration's matchLabels can say. */
function readNamespaceLabels(reader: Reader): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const term of reader.text("NAMESPACE_SELECTOR").split(",")) {
    if (term === "") continue;
    const [, key, value] = labelTerm.exec(term) ?? [];
    if (key === undefined || value === undefined)
      reader.problems.push(`NAMESPACE_SELECTOR has ${JSON.stringify(term)}, which is not key=value`);
    else labels[key] = value;
  }
  return labels;
}

function readPorts(reader: Reader): readonly number[] {
  const terms = reader.text("AGENT_API_PORTS").split(",").filter((term) => term !== ""); // prettier-ignore
  const wrong = terms.filter((term) => !/^\d{1,5}$/.test(term) || Number(term) < 1 || Number(term) > 65_535);
  for (const term of wrong)
    reader.problems.push(`AGENT_API_PORTS has ${JSON.stringify(term)}, which is not a port`);
  return terms.map(Number);
}

function read(reader: Reader): Omit<WebhookSettings, "injection"> {
  const pod = {
    namespace: reader.text("POD_NAMESPACE"),
    name: reader.text("POD_NAME"),
    uid: reader.text("POD_UID"),
  };
  return {
    pod,
    webhookConfiguration: readName(reader, "WEBHOOK_CONFIGURATION"),
    service: {
      namespace: readName(reader, "SERVICE_NAMESPACE") || pod.namespace,
      name: readName(reader, "SERVICE_NAME"),
    },
    caSecret: readName(reader, "CA_SECRET"),
    certificateDirectory: reader.text("CERTIFICATE_DIR"),
    certificateNames: readCertificateNames(reader),
    address: readAddress(reader, "WEBHOOK_ADDRESS"),
    health: readAddress(reader, "HEALTH_ADDRESS"),
    logLevel: reader.oneOf("LOG_LEVEL", logLevels),
    drainDelay: readDuration(reader, "DRAIN_DELAY"),
    provisioner: {
      enabled: reader.boolean("PROVISIONER_ENABLED"),
      lease: readName(reader, "PROVISIONER_LEASE"),
      apiPorts: readPorts(reader),
      remediation: reader.oneOf("REMEDIATION", ["off", "evict"]),
      namespaceLabels: readNamespaceLabels(reader),
    },
    roles: {
      cluster: readName(reader, "AGENT_CLUSTER_ROLE"),
      peers: readName(reader, "AGENT_PEERS_ROLE"),
      events: readName(reader, "AGENT_EVENTS_ROLE"),
    },
  };
}

/**
 * Reads the webhook's settings from an environment (`webhookEnvironment`). `version` is this program's.
 * @throws ConfigurationError with every mistake that the environment has.
 */
export function parseWebhookSettings(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): WebhookSettings {
  const reader: Reader = new EnvironmentReader(environment, webhookEnvironment);
  const own = read(reader);
  const { settings: injection, problems } = parseInjectionSettings(environment, version);
  const all = [...reader.problems, ...problems];
  if (all.length > 0) throw new ConfigurationError(all);
  return Object.freeze({ ...own, injection });
}
