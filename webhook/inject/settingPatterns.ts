/** What settings and annotations must look like, with the words for it; one list, so that both agree. */
export const settingPatterns = {
  /** The reference grammar of the distribution project, without its digest's details. */
  image: {
    pattern:
      /^(?=.{1,400}$)[a-zA-Z0-9][a-zA-Z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[\w][\w.-]{0,127})?(@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?$/,
    wanted: "an image reference such as registry.example/stellar-peer-agent:1.0.0",
  },
  /** Printable ASCII of a request target; `$` is left out because Kubernetes expands it in environment variables. */
  path: {
    pattern: /^\/[A-Za-z0-9\-._~!&'()*+,;=:@%/?]{0,1023}$/,
    wanted: "a path that starts with / and may have a query",
  },
  /** RFC 1123, as Kubernetes asks of the names of objects. */
  name: {
    pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    wanted: "a name of an object",
  },
} as const;
