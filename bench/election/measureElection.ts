import { setTimeout as pass } from "node:timers/promises";
import { AuditLog } from "../../test/agent/server/AuditLog.ts";
import type { Figure } from "../Figure.ts";
import { summarize } from "../measure/summarize.ts";
import { openServer } from "../server/openServer.ts";
import type { Contender } from "./Contender.ts";
import { contenders } from "./contenders.ts";
import type { ElectionSettings } from "./ElectionSettings.ts";
import { leaseBytes, measureLoad, type Load } from "./measureLoad.ts";
import { measureTakeOver } from "./measureTakeOver.ts";

const sizes = [3, 30, 100];
const signals = ["SIGTERM", "SIGKILL"] as const;
const names = { agent: "agent", peer: "client-go" } as const;

/** The election beside client-go's: how soon a leader is followed by another, and what candidates cost at rest. */
export async function measureElection(
  settings: ElectionSettings,
  binaries: { readonly controlPlane: string; readonly peer: string },
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const server = await openServer(binaries.controlPlane, 0, { auditPolicy: AuditLog.policy });
  const sides = contenders(binaries.peer);
  try {
    const figures: Figure[] = [];
    const own = await ownBytes(server, settings.countSeconds);
    for (const candidates of sizes)
      figures.push(...(await loads(candidates, settings, { server, own, sides }, say)));
    for (const signal of signals) {
      say(`taking over after ${signal}`);
      const place = { kubeconfig: server.kubeconfig, tries: settings.tries };
      const took = async (side: keyof typeof sides): Promise<readonly number[]> =>
        measureTakeOver(sides[side], signal, { ...place, lease: `${side}-${signal.toLowerCase()}` });
      const [agent, peer] = [await took("agent"), await took("peer")];
      figures.push(...pair(`after ${signal}`, "s", agent, peer, signal === "SIGTERM" ? beside(peer) : {}));
    }
    return figures;
  } finally {
    await server.close();
  }
}

interface Scene {
  readonly server: Awaited<ReturnType<typeof openServer>>;
  /** Bytes a second of the server's own Lease. */
  readonly own: number;
  readonly sides: Readonly<Record<keyof typeof names, Contender>>;
}

async function loads(
  candidates: number,
  settings: ElectionSettings,
  { server, own, sides }: Scene,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const found: Record<keyof typeof names, Load[]> = { agent: [], peer: [] };
  const audit = new AuditLog(server.directory);
  for (let round = 1; round <= settings.rounds; round += 1) {
    say(`round ${round} of ${settings.rounds}: ${candidates} candidates at rest`);
    for (const side of ["agent", "peer"] as const) {
      const lease = `${side}-${candidates}-${round}`;
      const options = { server, audit, lease, candidates, seconds: settings.countSeconds };
      found[side].push(await measureLoad(sides[side], options));
    }
  }
  const of = (side: keyof typeof names, what: keyof Load): number[] =>
    found[side].map((load) => load[what] - (what === "bytes" ? own : 0));
  return [
    ...pair(`${candidates} candidates, requests`, "/s", of("agent", "requests"), of("peer", "requests")),
    ...pair(`${candidates} candidates, bytes`, "B/s", of("agent", "bytes"), of("peer", "bytes")),
  ];
}

async function ownBytes(server: Scene["server"], seconds: number): Promise<number> {
  const [before, began] = [await leaseBytes(server), performance.now()];
  await pass(seconds * 1000);
  return ((await leaseBytes(server)) - before) / ((performance.now() - began) / 1000);
}

/** No slower than the peer; twice as fast. */
function beside(peer: readonly number[]): Pick<Figure, "bar" | "aim"> {
  const { median } = summarize(peer);
  return { bar: median, aim: median / 2 };
}

function pair(
  what: string,
  unit: string,
  agent: readonly number[],
  peer: readonly number[],
  limits: Pick<Figure, "bar" | "aim"> = {},
): Figure[] {
  return [
    { part: "election", what, of: names.agent, unit, values: agent, ...limits },
    { part: "election", what, of: names.peer, unit, values: peer },
  ];
}
