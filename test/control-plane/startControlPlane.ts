import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../runtime/eventually.ts";
import { kubeconfigText } from "../e2e/kubeconfigText.ts";
import { callServer } from "./callServer.ts";
import { freePort } from "./freePort.ts";
import { installStellarNode } from "./installStellarNode.ts";
import { planServers } from "./planServers.ts";
import { readLogTail } from "./readLogTail.ts";
import type { RunningControlPlane } from "./RunningControlPlane.ts";
import { Supervisor } from "./Supervisor.ts";

export interface ControlPlaneOptions {
  /** An audit policy (audit.k8s.io/v1): the API server then writes `audit.log` in `running.directory`. */
  readonly auditPolicy?: object;
}

export interface StartedControlPlane {
  readonly running: RunningControlPlane;
  /** Path of `running` as JSON. */
  readonly file: string;
  /** Resolves when a server ended unasked, with a sentence. */
  readonly failure: Promise<string>;
  /** etcd and kube-apiserver, by these names, for who wants to do something to them. */
  readonly servers: Pick<Supervisor, "command" | "onEnd">;
  readonly close: () => Promise<void>;
}

/**
 * Starts etcd and kube-apiserver from the folder `binaries`, with the StellarNode CRD. They end with `close`, or
 * with this process, however it ends. Rejects with the end of their logs when they are not ready within a minute.
 */
export async function startControlPlane(
  binaries: string,
  options: ControlPlaneOptions = {},
): Promise<StartedControlPlane> {
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(binaries, options);
    } catch (error) {
      // Somebody else may have been quicker to take one of the ports.
      if (attempt === attempts) throw error;
    }
  }
}

async function startOnce(
  binaries: string,
  { auditPolicy }: ControlPlaneOptions,
): Promise<StartedControlPlane> {
  const directory = await mkdtemp(join(tmpdir(), "control-plane-"));
  const token = randomBytes(24).toString("hex");
  await writeSecrets(directory, token);
  const ports = { etcdClient: await freePort(), etcdPeer: await freePort(), server: await freePort() };
  const audit = auditPolicy && { policy: join(directory, "audit.json"), log: join(directory, "audit.log") };
  if (audit) await writeFile(audit.policy, JSON.stringify(auditPolicy));
  const supervisor = new Supervisor(planServers({ directory, binaries, ...(audit && { audit }) }, ports));
  try {
    const url = `https://127.0.0.1:${ports.server}`;
    const ca = await untilReady(supervisor, directory, url, token);
    const running = await describe(directory, binaries, { url, ca, token });
    await installStellarNode(running);
    const file = join(directory, "running.json");
    await writeFile(file, JSON.stringify(running));
    return {
      running,
      file,
      failure: supervisor.failure,
      servers: supervisor,
      close: () => supervisor.close(),
    };
  } catch (error) {
    const tail = await readLogTail(directory, ["etcd", "kube-apiserver"]);
    await supervisor.close();
    throw new Error(`the control plane did not start\n${tail}`, { cause: error });
  }
}

async function writeSecrets(directory: string, token: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "sec1", format: "pem" });
  await writeFile(join(directory, "service-accounts.key"), key, { mode: 0o600 });
  await writeFile(join(directory, "service-accounts.pub"), publicKey.export({ type: "spki", format: "pem" }));
  await writeFile(join(directory, "tokens.csv"), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
}

/** Resolves with the certificate authority that the server made for itself. */
async function untilReady(
  supervisor: Supervisor,
  directory: string,
  url: string,
  token: string,
): Promise<string> {
  let failure: string | undefined;
  void supervisor.failure.then((reason) => (failure = reason));
  const ready = await eventually("the API server is ready", 60_000, async () => {
    if (failure !== undefined) return { failure };
    const ca = await readFile(join(directory, "certificates", "apiserver.crt"), "utf8");
    const { status } = await callServer({ url, ca, token, method: "GET", path: "/readyz" });
    return status === 200 && { ca };
  });
  if ("ca" in ready) return ready.ca;
  throw new Error(ready.failure);
}

async function describe(
  directory: string,
  binaries: string,
  server: { readonly url: string; readonly ca: string; readonly token: string },
): Promise<RunningControlPlane> {
  const kubeconfig = join(directory, "kubeconfig");
  await writeFile(kubeconfig, kubeconfigText(server), { mode: 0o600 });
  return { ...server, kubeconfig, binaries, directory };
}
