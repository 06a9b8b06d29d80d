import { names } from "../../contract/names.ts";
import { agentEnvironment } from "./agentEnvironment.ts";
import type { AgentOptions } from "./AgentOptions.ts";
import { agentResources } from "./agentResources.ts";
import { agentSecurityContext } from "./agentSecurityContext.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";
import type { Pod } from "./Pod.ts";

/**
 * Ports are declared for those who scrape by name, but not in a pod on its node's network: there each would become a
 * host port, and the scheduler would keep a validator off a node for the agent's sake.
 */
function ports(pod: Pod, healthPort: number): { ports?: unknown } {
  if (pod.spec.hostNetwork) return {};
  return { ports: [{ name: "agent-http", containerPort: healthPort, protocol: "TCP" }] };
}

/**
 * The container `peer-agent`. It has no readiness probe and no startup probe: its state must not decide whether a
 * validator's pod is ready or its other containers start. Liveness is slow to act, since a restart of the agent makes
 * the pod unready for a moment. `native`: as an init container that keeps running (Kubernetes 1.29).
 */
export function agentContainer(
  pod: Pod,
  mode: "container" | "native",
  options: AgentOptions,
  settings: InjectionSettings,
): Readonly<Record<string, unknown>> {
  const resources = agentResources(pod, options.resources, settings.resources);
  return {
    name: names.container,
    image: options.image,
    imagePullPolicy: settings.imagePullPolicy,
    ...(mode === "native" ? { restartPolicy: "Always" } : {}),
    env: agentEnvironment(options, settings),
    ...ports(pod, options.healthPort),
    ...(resources ? { resources } : {}),
    livenessProbe: {
      httpGet: { path: "/healthz", port: options.healthPort },
      initialDelaySeconds: 15,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    securityContext: agentSecurityContext(pod, settings.runAsUser),
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      { name: names.peersVolume, mountPath: names.peersDirectory, readOnly: true },
      { name: names.tokenVolume, mountPath: names.tokenDirectory, readOnly: true },
    ],
  };
}
