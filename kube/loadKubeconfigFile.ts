import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { KubeConfig, makeAbsolutePath } from "@kubernetes/client-node/dist/config.js";
import { parse } from "yaml";

interface KubeconfigText {
  readonly users?: readonly { readonly name?: string; readonly user?: { readonly tokenFile?: string } }[];
}

/**
 * client-node's KubeConfig of a file, with what it leaves out: a user's `tokenFile`, which counts before `token`
 * (client-go, tools/clientcmd/api/v1 AuthInfo).
 */
export function loadKubeconfigFile(path: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(path);
  const { users = [] } = parse(readFileSync(path, "utf8")) as KubeconfigText;
  const tokenFiles = new Map(users.map((entry) => [entry.name, entry.user?.tokenFile]));
  config.users = config.users.map((user) => {
    const file = tokenFiles.get(user.name);
    if (!file) return user;
    const { token: _token, ...rest } = user;
    const tokenFile = makeAbsolutePath(dirname(path), file);
    return { ...rest, authProvider: { name: "tokenFile", config: { tokenFile } } };
  });
  return config;
}
