/**
 * The whole system on a real cluster: `npm run e2e`.
 */
import { parseArgs } from "node:util";
import { Report } from "../../demo/Report.ts";
import { buildImages } from "./buildImages.ts";
import { chooseCore } from "./chooseCore.ts";
import { Cluster } from "./Cluster.ts";
import type { ClusterSettings } from "./ClusterSettings.ts";
import { Fleet } from "./Fleet.ts";
import { installChart } from "./installChart.ts";
import { playChanges } from "./playChanges.ts";
import { playOperations } from "./playOperations.ts";
import { prepareRun } from "./prepareRun.ts";
import { readClusterSettings } from "./readClusterSettings.ts";
import { removeRun } from "./removeRun.ts";
import { Spreads } from "./Spreads.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";

const help = `Usage: npm run e2e [-- --no-rest | --help]

Builds the images, installs the chart on the cluster of KUBECONFIG, plays what validators and people do there,
and prints what happened and how long it took. What it makes it removes, images on nodes excepted, also what an
interrupted run left; a policy that matches nothing stays, as of every release of the chart. Needs kubectl and helm, and
a cluster without an installation. Takes six minutes. Exit code 0 if every step held.

  --no-rest        without the two minutes in which agents rest and the kubelet brings files

  KUBECONFIG       the cluster
  E2E_LOAD         loads an image, whose name is appended, into the cluster: "kind load docker-image"
  E2E_BUILD        builds an image; -f FILE -t NAME FOLDER is appended. Default: "docker build". With no registry in
                   reach: "docker build --build-arg BASE=IMAGE --build-arg BUNDLE=prebuilt"
  E2E_CORE_IMAGE   image of a real Core for the validators, instead of the fake one: a private network, with stellar-core
                   and sh in its PATH. Needs a default StorageClass, or a free volume for each of seven validators
`;

interface Play {
  readonly cluster: Cluster;
  readonly settings: ClusterSettings;
  readonly report: Report;
  readonly rest: boolean;
}

async function play({ cluster, settings, report, rest }: Play): Promise<boolean> {
  const left = await removeRun(cluster);
  if (left.length > 0) report.say(`Removed what an earlier run left: ${left.join(", ")}`);
  let core: ValidatorCore = { image: "" };
  const ready = await report.step("images built and loaded, chart installed", async (say) => {
    core = chooseCore(await buildImages(settings), settings.coreImage);
    say("images are in the cluster");
    await prepareRun(cluster);
    const start = performance.now();
    await installChart(cluster);
    say(`the webhook was ready ${((performance.now() - start) / 1_000).toFixed(1)} s after helm was called`);
    return undefined;
  });
  if (!ready) return false;
  const spreads = new Spreads();
  const run = { cluster, fleet: new Fleet(cluster, core), report, spreads, core, rest };
  await playChanges(run);
  await playOperations(run);
  report.say(`\n${spreads.render()}`);
  return report.summarize();
}

/** Over calls of its own: an interruption at a terminal ends the run's. */
async function clear(): Promise<void> {
  const cluster = await Cluster.open();
  try {
    await removeRun(cluster);
  } finally {
    cluster.close();
  }
}

/** What is wrong with the arguments, as a sentence; empty when help is asked for. */
function readOptions(): { readonly rest: boolean } | string {
  const options = { "no-rest": { type: "boolean" }, help: { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ options });
    return values.help ? "" : { rest: values["no-rest"] !== true };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  const settings = readClusterSettings(process.env);
  if (typeof options === "string" || typeof settings === "string") {
    const asked = options === "";
    const mistakes = [options, settings].filter((text) => typeof text === "string");
    process.stdout.write(asked ? help : `${mistakes.join("\n")}\n\n${help}`);
    return asked ? 0 : 2;
  }
  const report = new Report((text) => process.stdout.write(text), process.stdout.isTTY);
  const cluster = await Cluster.open();
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(undefined));
  });
  try {
    const held = await Promise.race([play({ cluster, settings, report, ...options }), interrupted]);
    if (held === undefined) report.mute();
    return held === undefined ? 130 : held ? 0 : 1;
  } finally {
    cluster.close();
    await clear();
  }
}

process.exit(
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
