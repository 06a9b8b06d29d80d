import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApplierStatus } from "../../agent/apply/ApplierStatus.ts";
import { kubeconfigText } from "../../test/e2e/kubeconfigText.ts";
import { freePort } from "../../test/e2e/freePort.ts";
import { eventually } from "../../test/runtime/eventually.ts";
import type { Figure } from "../Figure.ts";
import { agentProgram } from "./agentProgram.ts";
import type { BenchSettings } from "./BenchSettings.ts";
import { countSwaps, type Swaps } from "./countSwaps.ts";
import { measureRest, type Rest } from "./measureRest.ts";
import { openServer } from "../server/openServer.ts";
import { reloaderProgram } from "./reloaderProgram.ts";
import { SwapScene } from "./SwapScene.ts";

const peer = "prometheus-config-reloader";

/** The agent beside prometheus-config-reloader, for what both do: at rest, and from a swapped file to a call. */
export async function measureAgent(
  settings: BenchSettings,
  places: { readonly reloader: string; readonly controlPlane: string },
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const rests: Record<"agent" | "peer", Rest[]> = { agent: [], peer: [] };
  const swaps: Record<"agent" | "peer", Swaps[]> = { agent: [], peer: [] };
  const connections: number[] = [];
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  const server = await openServer(places.controlPlane, settings.validators);
  try {
    for (let round = 1; round <= settings.rounds; round += 1) {
      say(`round ${round} of ${settings.rounds}: at rest`);
      const [agent, reloader] = await Promise.all([
        atRest(settings, join(directory, `a${round}`), server.kubeconfig, async (program) =>
          connections.push(await program.connectionsTo(server.port)),
        ),
        peerAtRest(settings, join(directory, `b${round}`), places.reloader),
      ]);
      rests.agent.push(agent);
      rests.peer.push(reloader);
    }
    const away = join(directory, "away");
    await writeFile(away, kubeconfigText({ url: `https://127.0.0.1:${await freePort()}`, ca: server.ca, token: "-" })); // prettier-ignore
    for (let round = 1; round <= settings.rounds; round += 1) {
      say(`round ${round} of ${settings.rounds}: swaps`);
      swaps.agent.push(await agentSwaps(settings, join(directory, `c${round}`), away));
      swaps.peer.push(await peerSwaps(settings, join(directory, `d${round}`), places.reloader));
    }
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
  return [
    ...restFigures("agent", rests.agent, true),
    ...restFigures(peer, rests.peer, false),
    figure("connections to the API server", "agent", "", connections, 5, 1),
    ...swapFigures("agent", swaps.agent),
    ...swapFigures(peer, swaps.peer),
  ];
}

async function atRest(
  settings: BenchSettings,
  directory: string,
  kubeconfig: string,
  afterwards: (program: ReturnType<typeof agentProgram>) => Promise<unknown>,
): Promise<Rest> {
  const scene = await SwapScene.open(directory, settings.validators, 0);
  const healthPort = await freePort();
  const program = agentProgram({ ...scene.own, kubeconfig, directory, healthPort, coreUrl: scene.url });
  try {
    const rest = await measureRest(program, `http://127.0.0.1:${healthPort}/readyz`, settings.restSeconds);
    await afterwards(program);
    return rest;
  } finally {
    await program.stop();
    await scene.close();
  }
}

async function peerAtRest(settings: BenchSettings, directory: string, binary: string): Promise<Rest> {
  const scene = await SwapScene.open(directory, settings.validators, 0);
  const port = await freePort();
  const program = reloaderProgram({ binary, directory, port, url: scene.reloadUrl });
  try {
    return await measureRest(program, `http://127.0.0.1:${port}/metrics`, settings.restSeconds);
  } finally {
    await program.stop();
    await scene.close();
  }
}

async function agentSwaps(settings: BenchSettings, directory: string, kubeconfig: string): Promise<Swaps> {
  const scene = await SwapScene.open(directory, 2, settings.swaps);
  const healthPort = await freePort();
  const program = agentProgram({ ...scene.own, kubeconfig, directory, healthPort, coreUrl: scene.url });
  try {
    await program.ready(`http://127.0.0.1:${healthPort}/readyz`);
    await scene.connected();
    await healthy(`http://127.0.0.1:${healthPort}/status`);
    return await countSwaps(
      settings.swaps,
      (round) => scene.add(round),
      () => scene.dials(),
    );
  } finally {
    await program.stop();
    await scene.close();
  }
}

/** Resolves once the agent finds its Core healthy: before, no swap may lead to a call. */
async function healthy(url: string): Promise<void> {
  await eventually("Core is found healthy", 60_000, async () => {
    const { apply } = (await (await fetch(url)).json()) as { readonly apply: ApplierStatus };
    return apply.core.verdict === "healthy";
  });
}

async function peerSwaps(settings: BenchSettings, directory: string, binary: string): Promise<Swaps> {
  const scene = await SwapScene.open(directory, 2, settings.swaps);
  const port = await freePort();
  const program = reloaderProgram({ binary, directory, port, url: scene.reloadUrl });
  try {
    await program.ready(`http://127.0.0.1:${port}/metrics`);
    return await countSwaps(
      settings.swaps,
      (round) => scene.add(round),
      () => scene.reloads(),
    );
  } finally {
    await program.stop();
    await scene.close();
  }
}

function figure(
  what: string,
  of: string,
  unit: string,
  values: readonly number[],
  bar?: number,
  aim?: number,
): Figure {
  return { part: "agent", what, of, unit, values, ...(bar !== undefined && { bar }), ...(aim !== undefined && { aim }) }; // prettier-ignore
}

function restFigures(of: string, rests: readonly Rest[], barred: boolean): Figure[] {
  const limits = (bar: number, aim: number): number[] => (barred ? [bar, aim] : []);
  return [
    figure("resident memory", of, "MB", rests.map(({ resident }) => resident), ...limits(85, 65)),
    figure("anonymous memory", of, "MB", rests.map(({ anonymous }) => anonymous), ...limits(36, 22)),
    figure("start to ready", of, "s", rests.map(({ ready }) => ready), ...limits(0.35, 0.15)),
    figure("processor at rest", of, "millicores", rests.map(({ millicores }) => millicores), ...limits(5, 1)),
  ]; // prettier-ignore
}

function swapFigures(of: string, swaps: readonly Swaps[]): Figure[] {
  return [
    figure("swap to call", of, "ms", swaps.flatMap(({ took }) => took)),
    figure("swaps missed", of, "", swaps.map(({ missed }) => missed)),
  ]; // prettier-ignore
}
