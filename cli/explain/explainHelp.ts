/** What `explain --help` prints. */
export const explainHelp = `Say why a pod has a peer agent, or why not, and what to do.

Usage: kubectl stellar-peers explain POD [-n NAMESPACE] [OPTIONS]
       kubectl stellar-peers explain -f FILE [OPTIONS]

Looks at the pod, its namespace, and the webhook's configuration and Deployment. With -f it says what would become of the
pods of manifests if they were applied now. Nothing is changed.

  -f, --filename FILE         Manifests instead of a pod; - is standard input.
      --kubeconfig FILE       The cluster (default: KUBECONFIG, ~/.kube/config, or the pod this runs in).
  -n, --namespace NAMESPACE   Default: the current context's.
  -o, --output json           For programs: verdict, reason, findings.

Example:
  kubectl stellar-peers explain core-0 -n stellar
`;
