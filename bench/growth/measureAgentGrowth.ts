import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { makeValidator } from "../../test/agent/apply/makeValidator.ts";
import { freePort } from "../../test/e2e/freePort.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import { agentProgram } from "../agent/agentProgram.ts";
import { type BenchServer, openServer } from "../server/openServer.ts";
import { measureRest, type Rest } from "../agent/measureRest.ts";
import { SwapScene } from "../agent/SwapScene.ts";
import type { GrowthSettings } from "./GrowthSettings.ts";

export interface AgentGrowth {
  readonly validators: number;
  /** One a round. */
  readonly leader: readonly Rest[];
  readonly follower: readonly Rest[];
  /** Bytes of the ConfigMap's values, as published. */
  readonly document: number;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Two agents, one of which leads, on a kube-apiserver with more and more validators, their Core healthy. */
export async function measureAgentGrowth(
  sizes: readonly number[],
  settings: GrowthSettings,
  controlPlane: string,
  say: (line: string) => void,
): Promise<readonly AgentGrowth[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  const server = await openServer(controlPlane, 0);
  const growth: AgentGrowth[] = [];
  try {
    let created = 0;
    for (const validators of sizes) {
      await server.fleet.create(validators, created);
      created = validators;
      const rounds: { readonly leader: Rest; readonly follower: Rest }[] = [];
      for (let round = 1; round <= settings.rounds; round += 1) {
        say(`${validators} validators, round ${round} of ${settings.rounds}`);
        const mount = join(directory, `${validators}-${round}`);
        rounds.push(await oneRound(server, mount, validators, settings.restSeconds));
      }
      const leader = rounds.map((round) => round.leader);
      const follower = rounds.map((round) => round.follower);
      growth.push({ validators, leader, follower, document: await documentBytes(server) });
    }
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
  return growth;
}

async function oneRound(
  server: BenchServer,
  directory: string,
  validators: number,
  restSeconds: number,
): Promise<{ readonly leader: Rest; readonly follower: Rest }> {
  const scene = await SwapScene.open(directory, validators, 0);
  const { kubeconfig } = server;
  const shared = { kubeconfig, directory, coreUrl: scene.url, maxDialedPeers: 8 };
  const programs: ReturnType<typeof agentProgram>[] = [];
  const start = async (index: number): Promise<() => Promise<Rest>> => {
    const healthPort = await freePort();
    const program = agentProgram({ ...shared, ...makeValidator(index), healthPort });
    programs.push(program);
    const url = `http://127.0.0.1:${healthPort}/readyz`;
    const ready = await program.ready(url);
    return async () => ({ ...(await measureRest(program, url, restSeconds)), ready });
  };
  try {
    const leader = await start(1);
    await eventually("the list is published", 90_000, async () => {
      const { data } = await readList(server);
      return data?.["peer_count"] === String(validators);
    });
    const follower = await start(2);
    const [one, other] = await Promise.all([leader(), follower()]);
    return { leader: one, follower: other };
  } finally {
    for (const program of programs) await program.stop();
    await scene.close();
  }
}

async function readList({ api }: BenchServer): Promise<ConfigMap> {
  const reference = { apiVersion: "v1", kind: "ConfigMap", namespace: "stellar-system", name: "stellar-peers" };
  return api.get<ConfigMap>(reference, { signal: AbortSignal.timeout(10_000) });
} // prettier-ignore

async function documentBytes(server: BenchServer): Promise<number> {
  const values = Object.values((await readList(server)).data ?? {});
  return values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}
