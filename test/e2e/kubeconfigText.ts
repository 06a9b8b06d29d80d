/** A kubeconfig of one cluster and one user, as JSON, which is YAML too. `ca` is PEM. */
export function kubeconfigText(options: {
  readonly url: string;
  readonly ca: string;
  readonly tokenFile?: string;
  readonly token?: string;
}): string {
  const user = options.tokenFile === undefined ? { token: options.token } : { tokenFile: options.tokenFile };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "cluster",
        cluster: {
          server: options.url,
          "certificate-authority-data": Buffer.from(options.ca).toString("base64"),
        },
      },
    ],
    users: [{ name: "user", user }],
    contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
    "current-context": "context",
  });
}
