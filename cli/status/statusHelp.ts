/** What `status --help` prints. */
export const statusHelp = `Show the published list, the elected agent, and the enabled namespaces; what is wrong comes first.

Usage: kubectl stellar-peers status [-n NAMESPACE] [OPTIONS]

      --kubeconfig FILE       The cluster (default: KUBECONFIG, ~/.kube/config, or the pod this runs in).
  -n, --namespace NAMESPACE   Only this namespace's copy of the list and pods (default: all enabled ones).
  -o, --output json           For programs.

Nothing is changed. What may not be read is left out, and said. The exit code is 0 also when there are problems.
`;
