import type { InjectionSettings } from "../../webhook/inject/InjectionSettings.ts";
import { parseInjectionSettings } from "../../webhook/inject/parseInjectionSettings.ts";
import type { Installation } from "./Installation.ts";

/**
 * What a running webhook injects, read off its Deployment. Where that can't be seen, the chart's defaults, with a version
 * and an image of `unknown`.
 */
export function deployedSettings(installation: Installation | undefined): InjectionSettings {
  const { settings: fallback } = parseInjectionSettings({ AGENT_IMAGE: "unknown" }, "unknown");
  if (installation?.deployment.state !== "seen") return fallback;
  const { metadata, spec } = installation.deployment.value;
  const webhook = spec?.template?.spec?.containers?.find(({ name }) => name === "webhook");
  const environment = Object.fromEntries((webhook?.env ?? []).map(({ name, value }) => [name, value]));
  const version = metadata.labels?.["app.kubernetes.io/version"] ?? "unknown";
  const { settings, problems } = parseInjectionSettings(environment, version);
  return problems.length > 0 ? { ...fallback, version } : settings;
}
