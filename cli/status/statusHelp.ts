/** What `status --help` prints. */
export const statusHelp = `Show the whole fleet: the published list, the elected agent, the enabled namespaces, and what each agent says of itself
and its Core; what is wrong comes first.

Usage: kubectl stellar-peers status [-n NAMESPACE] [OPTIONS]

      --kubeconfig FILE       The cluster (default: KUBECONFIG, ~/.kube/config, or the pod this runs in).
  -n, --namespace NAMESPACE   Only this namespace's copy of the list and pods (default: all enabled ones).
  -w, --watch                 Again every 5 s, until Ctrl-C.
      --graph FILE.svg        Also draw who is connected to whom, by network, with what is planned and missing.
      --report FILE.html      Also write a page of it all, with the graph.
  -o, --output json           For programs; with --watch one line each time.

Nothing is changed. Agents are asked through the API server, with your own rights (get pods/proxy). What may not be read
is left out, and said. The exit code is 1 when something is wrong: a problem or a warning.
`;
