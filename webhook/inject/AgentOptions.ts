import type { ReloadMode } from "./InjectionSettings.ts";

/** One pod's agent: the settings with the pod's annotations laid over them. */
export interface AgentOptions {
  readonly image: string;
  readonly coreHttpPort: number;
  readonly corePeerPort: number;
  readonly healthPort: number;
  readonly reload: ReloadMode;
  readonly reloadPath: string;
  readonly logLevel: string;
  /** Those that annotations give; the rest follows from the settings and the pod's QoS class. */
  readonly resources: {
    readonly cpuRequest?: string;
    readonly memoryRequest?: string;
    readonly memoryLimit?: string;
  };
}
