import { readFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import { after } from "node:test";
import type { KubeConnection } from "../../kube/KubeConnection.ts";
import { callServer } from "./callServer.ts";
import type { ControlPlane } from "./ControlPlane.ts";
import { controlPlaneEnvironment } from "./controlPlaneEnvironment.ts";
import { findBinaries } from "./findBinaries.ts";
import type { RunningControlPlane } from "./RunningControlPlane.ts";
import { runTool } from "./runTool.ts";
import { startControlPlane, type ControlPlaneOptions } from "./startControlPlane.ts";

const howToBuild =
  "no control plane: run `npm run control-plane -- --build-only` once, or set KUBEBUILDER_ASSETS";

/**
 * The control plane of this test run, or one for this file alone when the file is run by itself. `file` is the
 * test's `import.meta.url`. Where there is none `skip` says why; with CI=true this rejects instead. `alone`: one that no
 * other file uses, for tests of agents, which see the validators of all namespaces. `auditPolicy` implies it.
 */
export async function useControlPlane(
  file: string,
  { alone = false, ...options }: ControlPlaneOptions & { readonly alone?: boolean } = {},
): Promise<ControlPlane> {
  const prefix = prefixOf(file);
  const { found, close } = await findControlPlane(process.env, alone, options);
  if (typeof found === "string") {
    if (process.env["CI"] === "true") throw new Error(`CI=true demands a control plane: ${found}`);
    return missingControlPlane(found, prefix);
  }
  after(close);
  return openControlPlane(found, prefix, close);
}

/** Short enough to leave 30 of a namespace's 63 characters to the suffix. */
function prefixOf(file: string): string {
  const name = basename(file).replace(/\..*$/, "").toLowerCase().replaceAll(/[^a-z0-9]/g, ""); // prettier-ignore
  return `${name.slice(0, 24)}-${randomBytes(3).toString("hex")}`;
}

interface Found {
  readonly found: RunningControlPlane | string;
  readonly close: () => Promise<void>;
}

async function findControlPlane(
  environment: NodeJS.ProcessEnv,
  alone: boolean,
  options: ControlPlaneOptions,
): Promise<Found> {
  const close = async (): Promise<void> => undefined;
  const missing = environment[controlPlaneEnvironment.missing];
  if (missing) return { found: missing, close };
  const file = environment[controlPlaneEnvironment.file];
  const shared = file ? (JSON.parse(await readFile(file, "utf8")) as RunningControlPlane) : undefined;
  if (shared && !alone && !options.auditPolicy) return { found: shared, close };
  const binaries = shared?.binaries ?? (await findBinaries(environment));
  if (!binaries) return { found: howToBuild, close };
  const started = await startControlPlane(binaries, options);
  return { found: started.running, close: async () => started.close() };
}

function missingControlPlane(skip: string, prefix: string): ControlPlane {
  const target = { skip, prefix, close: async () => undefined };
  return new Proxy(target as unknown as ControlPlane, {
    get(object, key) {
      if (key in object || typeof key === "symbol" || key === "then")
        return Reflect.get(object, key) as unknown;
      throw new Error(`${key} needs a control plane: ${skip}`);
    },
  });
}

function openControlPlane(
  running: RunningControlPlane,
  prefix: string,
  close: () => Promise<void>,
): ControlPlane {
  const { url, ca, token, kubeconfig, directory } = running;
  const connection = (token: string): KubeConnection => ({
    server: new URL(url),
    credentials: async () => ({ tls: { ca }, headers: { authorization: `Bearer ${token}` } }),
    invalidate: () => undefined,
  });
  return {
    skip: false,
    url,
    ca,
    token,
    kubeconfig,
    directory,
    prefix,
    adminConnection: connection(token),
    connection,
    namespace: async (suffix, labels = {}) => createNamespace(running, `${prefix}-${suffix}`, labels),
    kubectl: async (args, stdin = "") => runTool(running, "kubectl", args, stdin),
    helm: async (args) => runTool(running, "helm", args, ""),
    close,
  };
}

async function createNamespace(
  { url, ca, token }: RunningControlPlane,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  const create = async (path: string, body: unknown): Promise<void> => {
    const { status, text } = await callServer({ url, ca, token, method: "POST", path, body });
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${text}`);
  };
  await create("/api/v1/namespaces", { metadata: { name, labels } });
  // Made by the controller manager on a cluster; without it the ServiceAccount admission plugin refuses pods.
  await create(`/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: "default" } });
  return name;
}
