import { labels } from "../../../contract/labels.ts";
import type { InjectionContext } from "../../../webhook/inject/InjectionContext.ts";
import type { InjectionSettings } from "../../../webhook/inject/InjectionSettings.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";

export interface ContextChanges {
  readonly settings?: Partial<InjectionSettings>;
  readonly server?: { readonly minor: number };
  readonly namespace?: InjectionContext["namespace"];
}

/** A context with the default settings, a server of 1.37 and an enabled namespace, except for what a test says. */
export function injectionContext(changes: ContextChanges = {}): InjectionContext {
  const { settings } = parseInjectionSettings(
    { AGENT_IMAGE: "registry.example/stellar-peer-agent:1.2.3" },
    "1.2.3",
  );
  return {
    settings: { ...settings, ...changes.settings },
    server: changes.server ?? { minor: 37 },
    namespace: changes.namespace ?? { name: "validators", labels: { [labels.injection]: "enabled" } },
  };
}
