import type { SidecarMode } from "./InjectionSettings.ts";

export type SidecarDecision =
  | { readonly mode: "container" | "native"; readonly warning?: string }
  | { readonly mode: "none"; readonly detail: string };

/** Minor version of Kubernetes from which native sidecars are on by default (KEP-753). */
const firstNative = 29;

/**
 * How the agent runs. By itself, an ordinary container in pods that run for good: a native sidecar whose image can't be
 * pulled would keep Core from starting. In pods that are meant to end, which an ordinary container would keep from
 * ending, a native sidecar.
 */
export function decideSidecar(
  wanted: SidecarMode,
  restartPolicy: string | null | undefined,
  serverMinor: number,
): SidecarDecision {
  const ends = restartPolicy === "Never" || restartPolicy === "OnFailure";
  const mode = wanted === "auto" ? (ends ? "native" : "container") : wanted;
  if (mode === "native" && serverMinor < firstNative)
    return {
      mode: "none",
      detail: `restartPolicy ${restartPolicy ?? "Always"}, sidecar mode ${wanted}: needs Kubernetes 1.${firstNative}, this is 1.${serverMinor}`,
    };
  if (mode === "container" && ends)
    return {
      mode,
      warning: `the peer agent runs as an ordinary container and keeps this pod (restartPolicy ${restartPolicy}) from ending`,
    };
  return { mode };
}
