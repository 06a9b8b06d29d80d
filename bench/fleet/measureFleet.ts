import { setTimeout as pass } from "node:timers/promises";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { AuditLog } from "../../test/agent/server/AuditLog.ts";
import { ValidatorFleet } from "../../test/agent/server/ValidatorFleet.ts";
import type { Figure } from "../Figure.ts";
import { openServer } from "../server/openServer.ts";
import { changeFigures } from "./changeFigures.ts";
import { restFigures } from "./restFigures.ts";
import { mostValidators } from "./mostValidators.ts";
import type { FleetSettings } from "./FleetSettings.ts";
import { measureConfirmed } from "./measureConfirmed.ts";
import { measureCrowd, type CrowdScene } from "./measureCrowd.ts";
import { measurePlain } from "./measurePlain.ts";
import { ServerMeter } from "./ServerMeter.ts";
import { simulateFleet } from "./simulateFleet.ts";
import { weighDocument } from "./weighDocument.ts";

/** A fleet of which the machine runs each agent about as soon as a machine of its own would. */
const unhurried = { agents: 100, validators: 1_000 };
/** Agents beside their Cores, and changes, of the fleet in which connections are confirmed. */
const confirming = { agents: 10, changes: 10 };
const simulated = [1_000, 10_000];
/** Of a ConfigMap's values (Kubernetes 1.37, ValidateConfigMap). */
const configMapLimit = 1024 * 1024;

/** What fleets of agents, and of the plain pattern, cost the API server, and how soon a change has arrived. */
export async function measureFleet(
  settings: FleetSettings,
  controlPlane: string,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const agents of settings.fleets) {
    await onServer(controlPlane, { agents, validators: agents }, async (scene) => {
      say(`${agents} agents`);
      const crowd = await measureCrowd(scene, settings);
      say(`${agents} pods of the plain pattern`);
      const plain = await measurePlain(scene, settings.rounds);
      figures.push(...restFigures(agents, crowd, plain), ...changeFigures(agents, agents, crowd));
    });
  }
  if (!settings.extras) return figures;
  say("a change of one of a thousand");
  await onServer(controlPlane, unhurried, async (scene) => {
    const crowd = await measureCrowd(scene, settings);
    figures.push(...changeFigures(scene.agents, scene.validators, crowd));
  });
  say("from a change to Core");
  const validators = confirming.agents + confirming.changes;
  await onServer(controlPlane, { agents: confirming.agents, validators }, async (scene) => {
    const values = await measureConfirmed({ ...scene, ...confirming });
    figures.push({ part: "fleet", what: "change to confirmed in Core, 10", of: "agent", unit: "s", values });
  });
  for (const count of simulated) {
    say(`${count} validators in simulation`);
    figures.push(...(await simulation(count)));
  }
  const fitting = mostValidators(configMapLimit);
  return [
    ...figures,
    { part: "fleet", what: "validators that a ConfigMap holds", of: "agent", unit: "", values: [fitting] },
  ];
}

async function onServer(
  controlPlane: string,
  { agents, validators }: { readonly agents: number; readonly validators: number },
  work: (scene: CrowdScene) => Promise<void>,
): Promise<void> {
  const server = await openServer(controlPlane, validators, { auditPolicy: AuditLog.policy });
  const connection = loadKubeConnection({ clock, kubeconfig: server.kubeconfig });
  const api = new HttpKubeApi({ clock, connection });
  try {
    const fleet = new ValidatorFleet(api, "validators");
    const meter = new ServerMeter(server);
    await work({ server, fleet, meter, ownBytes: await ownBytes(meter), agents, validators });
  } finally {
    api.close();
    await server.close();
  }
}

/** Bytes a second of the server's own Lease, over two of its renewals. */
async function ownBytes(meter: ServerMeter): Promise<number> {
  const from = await meter.read();
  await pass(20_000);
  const to = await meter.read();
  return (to.leaseBytes - from.leaseBytes) / ((to.at - from.at) / 1000);
}

async function simulation(validators: number): Promise<Figure[]> {
  const { synced, changed, outcome } = await simulateFleet(validators);
  const of = "agent";
  const what = `${validators} in memory, list ${outcome}`;
  return [
    { part: "fleet", what: `${what}, picture`, of, unit: "s", values: [synced] },
    { part: "fleet", what: `${what}, change`, of, unit: "s", values: [changed] },
    {
      part: "fleet",
      what: `list of ${validators} validators`,
      of,
      unit: "KB",
      values: [weighDocument(validators) / 1000],
    },
  ];
}
