import type { Pod } from "./Pod.ts";

/**
 * What Pod Security `restricted` asks for, on the container itself, so that it holds whatever the pod says. The user is
 * the pod's, or the image's (a number); only in a pod that runs as root is another one needed. So a range of users that
 * a platform prescribes is kept, and, all containers having the same user, the token stays readable for nobody else.
 */
export function agentSecurityContext(pod: Pod, runAsUser: number): Readonly<Record<string, unknown>> {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    ...(pod.spec.securityContext?.runAsUser === 0 ? { runAsUser } : {}),
    seccompProfile: { type: "RuntimeDefault" },
  };
}
