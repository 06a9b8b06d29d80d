import type { Plugin } from "esbuild";

/** What client-node takes from each module that a program may do without. */
const used: Readonly<Record<string, readonly string[]>> = {
  undici: ["Agent", "ProxyAgent", "fetch"],
  "socks-proxy-agent": ["SocksProxyAgent"],
  socks: ["SocksClient"],
  hpagent: ["HttpProxyAgent", "HttpsProxyAgent"],
  "openid-client": ["allowInsecureRequests", "discovery", "refreshTokenGrant"],
};

function source(name: string): string {
  const message = `${name} was left out of this bundle, and something needs it after all`;
  const lines = [`function absent() { throw new Error(${JSON.stringify(message)}); }`];
  for (const value of used[name] ?? []) lines.push(`export { absent as ${value} };`);
  return lines.join("\n");
}

/**
 * Puts a module that throws when it is used in the place of each of `names`. They come with client-node's KubeConfig,
 * for proxies, OpenID Connect and its own HTTP: our transport uses none of them, and they are most of its memory.
 * The build fails when somebody imports more of them than client-node 2.0 does.
 */
export function unreachableModules(names: readonly string[]): Plugin {
  const filter = new RegExp(`^(${names.join("|")})$`);
  return {
    name: "unreachable-modules",
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: "unreachable", sideEffects: false }));
      build.onLoad({ filter, namespace: "unreachable" }, ({ path }) => ({ contents: source(path) }));
    },
  };
}
