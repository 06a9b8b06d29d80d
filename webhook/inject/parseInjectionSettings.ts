import { isLabelSelector } from "../../contract/isLabelSelector.ts";
import { parseDuration } from "../../contract/parseDuration.ts";
import { EnvironmentReader } from "./EnvironmentReader.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";
import { injectionEnvironment } from "./injectionEnvironment.ts";
import { isPeerList } from "./isPeerList.ts";
import { logLevels } from "./logLevels.ts";
import { parseQuantity } from "./parseQuantity.ts";
import { settingPatterns } from "./settingPatterns.ts";

type Reader = EnvironmentReader<keyof typeof injectionEnvironment>;

export interface ParsedInjectionSettings {
  /** Usable only when there are no problems. */
  readonly settings: InjectionSettings;
  /** A sentence for each mistake, all of them. */
  readonly problems: readonly string[];
}

function readAgent(reader: Reader) {
  return {
    image: reader.matching("AGENT_IMAGE", settingPatterns.image.pattern, settingPatterns.image.wanted),
    imagePullPolicy: reader.oneOf("AGENT_IMAGE_PULL_POLICY", ["Always", "IfNotPresent", "Never"]),
    resources: {
      cpuRequest: reader.quantity("AGENT_CPU_REQUEST"),
      cpuLimit: reader.quantity("AGENT_CPU_LIMIT"),
      memoryRequest: reader.quantity("AGENT_MEMORY_REQUEST"),
      memoryLimit: reader.quantity("AGENT_MEMORY_LIMIT"),
    },
    runAsUser: reader.integer("AGENT_RUN_AS_USER", 1, 2 ** 31 - 1),
    coreHttpPort: reader.integer("AGENT_CORE_HTTP_PORT", 1, 65_535),
    corePeerPort: reader.integer("AGENT_CORE_PEER_PORT", 1, 65_535),
    healthPort: reader.integer("AGENT_HEALTH_PORT", 1024, 65_535),
    pollInterval: reader.text("AGENT_POLL_INTERVAL"),
    discoverySource: reader.oneOf("AGENT_DISCOVERY_SOURCE", ["auto", "stellarnodes", "endpointslices"]),
    discoverySelector: reader.text("AGENT_DISCOVERY_SELECTOR"),
    staticPeers: reader.text("AGENT_STATIC_PEERS"),
    reload: reader.oneOf("AGENT_RELOAD", ["auto", "http", "connect", "off"]),
    reloadPath: reader.matching(
      "AGENT_RELOAD_PATH",
      settingPatterns.path.pattern,
      settingPatterns.path.wanted,
    ),
    maxDialedPeers: reader.integer("AGENT_MAX_DIALED_PEERS", 1, 1000),
    logLevel: reader.oneOf("AGENT_LOG_LEVEL", logLevels),
  };
}

function readName(reader: Reader, name: "PEERS_NAMESPACE" | "PEERS_CONFIGMAP" | "PEERS_LEASE"): string {
  return reader.matching(name, settingPatterns.name.pattern, settingPatterns.name.wanted);
}

function inconsistencies(settings: InjectionSettings): string[] {
  const problems: string[] = [];
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = settings.resources;
  if ((parseQuantity(cpuRequest) ?? 0) > (parseQuantity(cpuLimit) ?? Infinity))
    problems.push(`AGENT_CPU_REQUEST ${cpuRequest} is above AGENT_CPU_LIMIT ${cpuLimit}`);
  if ((parseQuantity(memoryRequest) ?? 0) > (parseQuantity(memoryLimit) ?? Infinity))
    problems.push(`AGENT_MEMORY_REQUEST ${memoryRequest} is above AGENT_MEMORY_LIMIT ${memoryLimit}`);
  const poll = parseDuration(settings.pollInterval) ?? 0;
  // What the agent itself would refuse, in every pod.
  if (poll < 1_000 || poll > 600_000)
    problems.push(
      `AGENT_POLL_INTERVAL is ${JSON.stringify(settings.pollInterval)}, which is not a duration from 1s to 10m`,
    );
  if (!isLabelSelector(settings.discoverySelector))
    problems.push(
      `AGENT_DISCOVERY_SELECTOR is ${JSON.stringify(settings.discoverySelector)}, which is not a label selector`,
    );
  if (!isPeerList(settings.staticPeers))
    problems.push(
      `AGENT_STATIC_PEERS is ${JSON.stringify(settings.staticPeers)}, which is not ip:port,ip:port`,
    );
  const ports = [settings.coreHttpPort, settings.corePeerPort, settings.healthPort];
  if (new Set(ports).size < ports.length)
    problems.push(`AGENT_CORE_HTTP_PORT, AGENT_CORE_PEER_PORT and AGENT_HEALTH_PORT must differ`);
  return problems;
}

/** Reads what is injected from an environment (`injectionEnvironment`). Never throws. `version` is this program's. */
export function parseInjectionSettings(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): ParsedInjectionSettings {
  const reader: Reader = new EnvironmentReader(environment, injectionEnvironment);
  const settings: InjectionSettings = {
    version,
    ...readAgent(reader),
    sidecarMode: reader.oneOf("SIDECAR_MODE", ["auto", "native", "container"]),
    rejectInvalid: reader.boolean("REJECT_INVALID"),
    peersNamespace: readName(reader, "PEERS_NAMESPACE"),
    peersConfigMap: readName(reader, "PEERS_CONFIGMAP"),
    peersLease: readName(reader, "PEERS_LEASE"),
  };
  return { settings, problems: [...reader.problems, ...inconsistencies(settings)] };
}
