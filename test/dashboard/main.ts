/**
 * `npm run dashboard`: plays the demo and two faults more with the real webhook and real agents, asks them for their
 * metrics as Prometheus does, and draws the chart's dashboard from these as docs/pictures/dashboard.svg. Fails, and writes
 * nothing, when a step did not hold or a panel has nothing to show.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPlane } from "../demo/openPlane.ts";
import { Report } from "../demo/Report.ts";
import { runSteps } from "../demo/steps.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { FakeCores } from "../e2e/FakeCores.ts";
import { Stage } from "../e2e/Stage.ts";
import { drawDashboard } from "./drawDashboard.ts";
import { runFaults } from "./faults.ts";
import { queryPanel } from "./queryPanel.ts";
import { readDashboard } from "./readDashboard.ts";
import { Scraper } from "./Scraper.ts";

/** Milliseconds at the end in which nothing happens. */
const calm = 15_000;
/** Seconds from a scrape's beginning until its answers are in. */
const settled = 0.3;
const output = "docs/pictures/dashboard.svg";
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Resolves once all was played, or rejects where a step did not hold. */
async function play(directory: string): Promise<Scraper> {
  const plane = await openPlane("memory", directory);
  const dist = folder("../../dist");
  const stage = await Stage.open({ plane, cores: new FakeCores(), namespace: "stellar", dist, directory });
  const end = new AbortController();
  const scraper = new Scraper(stage);
  const scraping = scraper.run(end.signal);
  const report = new Report((text) => process.stdout.write(text), false);
  try {
    await runSteps(stage, report, folder("../../examples"));
    await runFaults(stage, report);
    await systemClock.sleep(calm, stage.signal);
  } finally {
    end.abort(new Error("all was played"));
    await scraping;
    await stage.close();
    await plane.close();
  }
  if (!report.summarize()) throw new Error(`not all steps held: ${output} stays as it is`);
  return scraper;
}

async function draw({ scrapes, now }: Scraper): Promise<void> {
  const dashboard = await readDashboard();
  const times = Array.from(
    { length: Math.floor(now / Scraper.interval) },
    (_, index) => index * Scraper.interval + settled,
  );
  const panels = dashboard.panels.map((panel) => ({
    panel,
    series: queryPanel(panel, scrapes, times, 4 * Scraper.interval),
  }));
  const empty = panels.filter(({ series }) => series.length === 0).map(({ panel: { title } }) => title);
  if (empty.length > 0) throw new Error(`nothing to show in: ${empty.join(", ")}`);
  await writeFile(output, drawDashboard(dashboard, panels, times));
}

const directory = await mkdtemp(join(tmpdir(), "stellar-peer-dashboard-"));
try {
  await draw(await play(directory));
} finally {
  await rm(directory, { recursive: true, force: true });
}
