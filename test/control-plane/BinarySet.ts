import type { GoModule } from "./GoModule.ts";

/** Programs that are built and kept together. */
export interface BinarySet {
  /** In the cache. */
  readonly folder: string;
  /** Whether a folder that KUBEBUILDER_ASSETS names holds them. */
  readonly assets: boolean;
  /** In the order of their building. */
  readonly modules: readonly GoModule[];
}
