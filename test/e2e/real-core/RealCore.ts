import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../runtime/eventually.ts";
import type { CoreRequest, StageCore } from "../StageCore.ts";
import { coreConfiguration, type CoreConfiguration } from "./coreConfiguration.ts";
import { CoreRecorder } from "./CoreRecorder.ts";
import { runCore } from "./runCore.ts";

interface PeerList {
  readonly inbound: readonly { readonly address: string }[] | null;
  readonly outbound: readonly { readonly address: string }[] | null;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const startWithin = 20_000;
const stopWithin = 10_000;

/** A real stellar-core as a process, with its state in a folder of its own, that outlives neither `stop` nor us. */
export class RealCore implements StageCore {
  readonly address: string;
  readonly port: number;
  readonly #binary: string;
  readonly #directory: string;
  readonly #url: string;
  readonly #recorder: CoreRecorder;
  #child: ChildProcess | undefined;

  private constructor(binary: string, directory: string, port: number, configuration: CoreConfiguration) {
    this.#binary = binary;
    this.#directory = directory;
    this.#url = `http://127.0.0.1:${configuration.httpPort}`;
    // Core listens for peers on all addresses, so that validators on one machine differ by their ports.
    this.address = `127.0.0.1:${configuration.peerPort}`;
    this.port = port;
    this.#recorder = new CoreRecorder(port, configuration.httpPort);
  }

  /** Writes its configuration and an empty database. `port`: where its admin HTTP can be had, and what is asked is recorded. */
  static async create(
    binary: string,
    directory: string,
    port: number,
    configuration: CoreConfiguration,
  ): Promise<RealCore> {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, "stellar-core.cfg"), coreConfiguration(configuration), { mode: 0o600 });
    await runCore(binary, ["--conf", "stellar-core.cfg", "new-db"], directory);
    return new RealCore(binary, directory, port, configuration);
  }

  get requests(): readonly CoreRequest[] {
    return this.#recorder.requests;
  }

  async connected(): Promise<readonly string[]> {
    if (!this.#child) return [];
    const answer = await fetch(`${this.#url}/peers`, { signal: AbortSignal.timeout(5_000) });
    const { authenticated_peers: peers } = (await answer.json()) as {
      readonly authenticated_peers: PeerList;
    };
    return [...(peers.inbound ?? []), ...(peers.outbound ?? [])].map(({ address }) => address);
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    await this.stop();
    const output = await open(join(this.#directory, "output"), "a");
    const child = spawn(this.#binary, ["--conf", "stellar-core.cfg", "run"], {
      cwd: this.#directory,
      stdio: ["ignore", output.fd, output.fd],
    });
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.#child = child;
    await output.close();
    await eventually("Core answers", startWithin, async () => {
      if (child.exitCode !== null) throw new Error(`Core has ended with ${child.exitCode}`);
      return (await fetch(`${this.#url}/info`, { signal: AbortSignal.timeout(1_000) })).ok;
    });
    await this.#recorder.open();
  }

  /** As the kubelet does: SIGTERM, and SIGKILL when that was of no use. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    await this.#recorder.close();
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), stopWithin);
    await ended;
    clearTimeout(last);
  }
}
