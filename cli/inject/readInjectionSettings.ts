import type { InjectionSettings } from "../../webhook/inject/InjectionSettings.ts";
import { injectionEnvironment } from "../../webhook/inject/injectionEnvironment.ts";
import { parseInjectionSettings } from "../../webhook/inject/parseInjectionSettings.ts";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";
import { UsageError } from "../UsageError.ts";

function readPair(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 1) throw new UsageError(`--set ${pair}: must be NAME=VALUE`);
  const name = pair.slice(0, equals);
  if (!Object.hasOwn(injectionEnvironment, name)) {
    const known = Object.keys(injectionEnvironment).join(", ");
    throw new UsageError(`--set ${name}: there is no such setting; there are ${known}`);
  }
  return [name, pair.slice(equals + 1)];
}

/**
 * The webhook's settings out of `--set NAME=VALUE` and `--image`.
 * @throws UsageError, or ConfigurationError with every wrong value
 */
export function readInjectionSettings(
  pairs: readonly string[],
  image: string | undefined,
  version: string,
): InjectionSettings {
  const environment = Object.fromEntries(pairs.map(readPair));
  if (image !== undefined) environment["AGENT_IMAGE"] = image;
  if (!environment["AGENT_IMAGE"]?.trim())
    throw new UsageError("the agent's image must be given: --image IMAGE, such as the chart's agent.image");
  const { settings, problems } = parseInjectionSettings(environment, version);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}
