/**
 * `npm run bench`: the product beside its alternatives, on this machine.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lineProgress } from "../test/control-plane/lineProgress.ts";
import { prepareBinaries } from "../test/control-plane/prepareBinaries.ts";
import { measureAgent } from "./agent/measureAgent.ts";
import { measureBundles } from "./bundles/measureBundles.ts";
import { measureElection } from "./election/measureElection.ts";
import type { Figure } from "./Figure.ts";
import { measureFleet } from "./fleet/measureFleet.ts";
import { growthPanels } from "./growth/growthPanels.ts";
import { measureGrowth } from "./growth/measureGrowth.ts";
import { clientGo } from "./peers/clientGo.ts";
import { configReloader } from "./peers/configReloader.ts";
import { controllerRuntime } from "./peers/controllerRuntime.ts";
import { preparePepr } from "./peers/preparePepr.ts";
import { drawBars } from "./render/drawBars.ts";
import { drawLines } from "./render/drawLines.ts";
import { renderTable } from "./render/renderTable.ts";
import { chartedWebhookFigures } from "./webhook/chartedWebhookFigures.ts";
import { measureWebhook } from "./webhook/measureWebhook.ts";

const help = `npm run bench [-- OPTIONS] [-- PART…]

Builds what it needs, measures, prints one table, writes bench/results.json, and draws docs/bench-PART.svg.

  agent     the agent beside prometheus-config-reloader: memory, start, processor at rest, swap to call (Linux)
  bundles   what the bundles weigh
  election  the election beside client-go's: time to take over, requests and bytes of 3, 30 and 100 candidates
  fleet     what 10, 100 and 1,000 agents ask of the API server, beside a list and a GET a node every 30 s
  growth    agent, document and webhook with 3 to 3,000 validators (Linux)
  webhook   the webhook beside pepr and one on controller-runtime: calls a second, latency, memory, start (Linux)

  --rounds N      of A and B in turn (3)
  --rest SECONDS  over which processor time at rest is counted (300)
  --swaps N       in each round (20)
  --validators N  (100)
  --count SECONDS over which requests at the API server are counted (20)
  --tries N       ends of a leader, in eights (24)
  --fleets N,N    sizes of the fleets (10,100,1000)
  --changes N     of an address, in each fleet (5)
  --no-extras     of the fleets: no single changes at 1,000 validators, no Cores, no simulation
  --load SECONDS  of calls to a webhook, for each number of connections and each size (2)
  --out FOLDER    where results.json and the charts go, instead of the repository
  --help          print this
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    rounds: { type: "string", default: "3" },
    rest: { type: "string", default: "300" },
    swaps: { type: "string", default: "20" },
    validators: { type: "string", default: "100" },
    count: { type: "string", default: "20" },
    tries: { type: "string", default: "24" },
    fleets: { type: "string", default: "10,100,1000" },
    changes: { type: "string", default: "5" },
    extras: { type: "boolean", default: true },
    load: { type: "string", default: "2" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const settings = {
  rounds: Number(values.rounds),
  restSeconds: Number(values.rest),
  swaps: Number(values.swaps),
  validators: Number(values.validators),
  countSeconds: Number(values.count),
  tries: Number(values.tries),
  fleets: values.fleets.split(",").map(Number),
  changes: Number(values.changes),
  loadSeconds: Number(values.load),
};
const say = (line: string): void => console.error(`# ${line}`);
const need = (folder: string | undefined): string => {
  if (folder === undefined) throw new Error("neither built already nor is there Go to build it with");
  return folder;
};

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  agent: async () => {
    const progress = lineProgress(say);
    const controlPlane = need(await prepareBinaries(process.env, progress));
    const folder = need(await prepareBinaries(process.env, progress, configReloader));
    return measureAgent(
      settings,
      { controlPlane, reloader: join(folder, "prometheus-config-reloader") },
      say,
    );
  },
  bundles: measureBundles,
  election: async () => {
    const progress = lineProgress(say);
    const controlPlane = need(await prepareBinaries(process.env, progress));
    const folder = need(await prepareBinaries(process.env, progress, clientGo));
    return measureElection(settings, { controlPlane, peer: join(folder, "client-go-candidates") }, say);
  },
  fleet: async () => {
    const controlPlane = need(await prepareBinaries(process.env, lineProgress(say)));
    return measureFleet({ ...settings, extras: values.extras }, controlPlane, say);
  },
  webhook: async () => {
    const progress = lineProgress(say);
    const places = {
      controlPlane: need(await prepareBinaries(process.env, progress)),
      controllerRuntime: need(await prepareBinaries(process.env, progress, controllerRuntime)),
      pepr: await preparePepr(process.env),
    };
    return measureWebhook(settings, places, say);
  },
  growth: async () => {
    const controlPlane = need(await prepareBinaries(process.env, lineProgress(say)));
    return measureGrowth(settings, controlPlane, say);
  },
};

/** Charts of parts whose figures are not simply drawn as bars, all of them. */
const charts: Readonly<Record<string, (figures: readonly Figure[]) => string>> = {
  webhook: (figures) => drawBars("webhook: medians, reviews of 10 KB", chartedWebhookFigures(figures)),
  growth: (figures) =>
    drawLines("Cost as work grows: medians", "number of validators, from 3 to 3,000", growthPanels(figures)),
};

async function run(names: readonly string[]): Promise<void> {
  const results = values.out ? join(values.out, "results.json") : "bench/results.json";
  const before = await readFile(results, "utf8").then(
    (text) => JSON.parse(text) as Readonly<Record<string, object>>,
    () => ({}),
  );
  const all: Record<string, object> = { ...before };
  const figures: Figure[] = [];
  for (const name of names) {
    say(name);
    const measured = (await parts[name]?.()) ?? [];
    figures.push(...measured);
    const machine = { node: process.version, platform: process.platform, processors: cpus().length };
    all[name] = { settings, machine, figures: measured };
    if (values.out) await mkdir(values.out, { recursive: true });
    const chart = join(values.out ?? "docs", `bench-${name}.svg`);
    await writeFile(chart, charts[name]?.(measured) ?? drawBars(`${name}: medians`, measured));
    await writeFile(results, `${JSON.stringify(all, undefined, 2)}\n`);
  }
  console.log(renderTable(figures));
}

const unknown = positionals.filter((name) => !(name in parts));
const counts = Object.values(settings).flat();
if (values.help) console.log(help);
else if (unknown.length > 0 || counts.some((count) => !Number.isInteger(count) || count < 1)) {
  console.error(help);
  process.exitCode = 2;
} else await run(positionals.length > 0 ? positionals : Object.keys(parts));
