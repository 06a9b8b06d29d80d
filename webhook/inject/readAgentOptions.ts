import { annotations as names } from "../../contract/annotations.ts";
import { prefix } from "../../contract/prefix.ts";
import type { AgentOptions } from "./AgentOptions.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";
import { logLevels } from "./logLevels.ts";
import { parseQuantity } from "./parseQuantity.ts";
import { settingPatterns } from "./settingPatterns.ts";

type Annotations = Readonly<Record<string, string>>;

export interface ReadAgentOptions {
  /** Usable only when there are no problems. */
  readonly options: AgentOptions;
  /** A sentence for each annotation that is wrong or unknown: its name, its value, what is allowed. */
  readonly problems: readonly string[];
}

const agentNames: readonly string[] = [
  names.coreHttpPort,
  names.corePeerPort,
  names.reload,
  names.reloadPath,
  names.logLevel,
  names.healthPort,
  names.agentImage,
  names.agentCpuRequest,
  names.agentMemoryRequest,
  names.agentMemoryLimit,
];

/** Ours as well, but not about the agent: found on pods because the webhook or an operator put them there. */
const otherNames: ReadonlySet<string> = new Set([names.injectedVersion, names.advertiseAddress]);

class Reader {
  readonly problems: string[] = [];
  readonly #annotations: Annotations;

  constructor(annotations: Annotations) {
    this.#annotations = annotations;
  }

  /** The annotation's value if it is there and passes, `undefined` otherwise. */
  text(name: string, passes: (value: string) => boolean, allowed: string): string | undefined {
    const value = Object.hasOwn(this.#annotations, name) ? this.#annotations[name] : undefined;
    if (value === undefined || passes(value)) return value;
    this.problems.push(`${name} is ${quote(value)}; allowed is ${allowed}`);
    return undefined;
  }

  port(name: string, minimum: number): number | undefined {
    const passes = (value: string): boolean =>
      /^[1-9]\d{0,4}$/.test(value) && Number(value) >= minimum && Number(value) <= 65_535;
    const value = this.text(name, passes, `a port from ${minimum} to 65535`);
    return value === undefined ? undefined : Number(value);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name, (text) => allowed.some((one) => one === text), allowed.join(", "));
    return allowed.find((one) => one === value);
  }

  quantity(name: string, example: string): string | undefined {
    const passes = (value: string): boolean => (parseQuantity(value) ?? 0) > 0;
    return this.text(name, passes, `a positive quantity such as ${example}`);
  }
}

function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function unknownNames(annotations: Annotations): string[] {
  const allowed = agentNames.map((name) => name.slice(prefix.length)).join(", ");
  return Object.keys(annotations)
    .filter((name) => name.startsWith(prefix) && !agentNames.includes(name) && !otherNames.has(name))
    .map((name) => `${name} is not known; allowed after ${prefix} is ${allowed}`);
}

function readResources(reader: Reader): AgentOptions["resources"] {
  const cpuRequest = reader.quantity(names.agentCpuRequest, "10m");
  const memoryRequest = reader.quantity(names.agentMemoryRequest, "64Mi");
  const memoryLimit = reader.quantity(names.agentMemoryLimit, "128Mi");
  if ((parseQuantity(memoryRequest ?? "") ?? 0) > (parseQuantity(memoryLimit ?? "") ?? Infinity))
    reader.problems.push(
      `${names.agentMemoryRequest} is ${quote(memoryRequest ?? "")}; allowed is up to the limit, ${memoryLimit}`,
    );
  return {
    ...(cpuRequest === undefined ? {} : { cpuRequest }),
    ...(memoryRequest === undefined ? {} : { memoryRequest }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
}

function clashes(options: AgentOptions, annotations: Annotations): string[] {
  const ports = [
    [names.coreHttpPort, options.coreHttpPort],
    [names.corePeerPort, options.corePeerPort],
    [names.healthPort, options.healthPort],
  ] as const;
  return ports
    .filter(
      ([name, port]) =>
        Object.hasOwn(annotations, name) && ports.some((other) => other[0] !== name && other[1] === port),
    )
    .map(
      ([name, port]) =>
        `${name} is "${port}"; allowed is a port that is not another of the agent's or Core's`,
    );
}

/** Lays a pod's annotations over the settings. Each is checked; those under our prefix that we don't know are problems. */
export function readAgentOptions(annotations: Annotations, settings: InjectionSettings): ReadAgentOptions {
  const reader = new Reader(annotations);
  const { image, path } = settingPatterns;
  const options: AgentOptions = {
    image:
      reader.text(names.agentImage, (value) => image.pattern.test(value), image.wanted) ?? settings.image,
    coreHttpPort: reader.port(names.coreHttpPort, 1) ?? settings.coreHttpPort,
    corePeerPort: reader.port(names.corePeerPort, 1) ?? settings.corePeerPort,
    healthPort: reader.port(names.healthPort, 1024) ?? settings.healthPort,
    reload: reader.oneOf(names.reload, ["auto", "http", "connect", "off"]) ?? settings.reload,
    reloadPath:
      reader.text(names.reloadPath, (value) => path.pattern.test(value), path.wanted) ?? settings.reloadPath,
    logLevel: reader.oneOf(names.logLevel, logLevels) ?? settings.logLevel,
    resources: readResources(reader),
  };
  return {
    options,
    problems: [...reader.problems, ...clashes(options, annotations), ...unknownNames(annotations)],
  };
}
