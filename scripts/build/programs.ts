export interface BuiltProgram {
  /** `NAME.js` in the output folder. */
  readonly name: string;
  readonly entry: string;
  /** Modules of client-node's that this program can't reach; see unreachableModules. */
  readonly without: readonly string[];
}

const transports = ["undici", "socks-proxy-agent", "socks", "hpagent"];

/** What is built. In a pod nobody signs in by OpenID Connect; a person with a kubeconfig may. */
export const programs: readonly BuiltProgram[] = [
  { name: "agent", entry: "agent/main.ts", without: [...transports, "openid-client"] },
  { name: "webhook", entry: "webhook/main.ts", without: [...transports, "openid-client"] },
  { name: "cli", entry: "cli/main.ts", without: transports },
];
