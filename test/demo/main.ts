/**
 * The main job, played for a person to watch: `npm run demo`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Plane } from "../e2e/Plane.ts";
import { Stage } from "../e2e/Stage.ts";
import { openCores } from "./openCores.ts";
import { openPlane } from "./openPlane.ts";
import { Report } from "./Report.ts";
import { runSteps } from "./steps.ts";

const help = `Usage: npm run demo -- [options]

Plays the main job with the real webhook and real agents, and prints what each step
changed and how long it took. Takes about a minute. Exit code 0 if every step held.

  --keep                 leave everything running at the end, to look around; Ctrl-C ends it
  --control-plane=KIND   memory (default: needs nothing but Node) or real (kube-apiserver and etcd)
  --help                 this text

With STELLAR_CORE_BIN, the path of a stellar-core, the validators are real ones, in a private network on the loopback
interface; not with --control-plane=real, since no endpoint of Kubernetes may have a loopback address.
`;

const namespace = "stellar";
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface Options {
  readonly keep: boolean;
  readonly kind: "memory" | "real";
}

function readOptions(): Options | string {
  try {
    const { values } = parseArgs({
      options: {
        keep: { type: "boolean", default: false },
        "control-plane": { type: "string", default: "memory" },
        help: { type: "boolean", default: false },
      },
    });
    const kind = values["control-plane"];
    if (values.help) return "";
    if (kind !== "memory" && kind !== "real")
      return `--control-plane is ${JSON.stringify(kind)}, allowed are memory and real`;
    if (kind === "real" && process.env["STELLAR_CORE_BIN"])
      return "STELLAR_CORE_BIN goes with --control-plane=memory: kube-apiserver takes no loopback address for an endpoint";
    return { keep: values.keep, kind };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function showAround(report: Report, stage: Stage, directory: string): void {
  report.say(`\nEverything goes on running. In another terminal:\n`);
  report.say(`  export KUBECONFIG=${stage.plane.kubeconfig}`);
  report.say(`  kubectl get configmap stellar-peers -n stellar-system -o jsonpath='{.data.peers\\.json}'`);
  report.say(`  kubectl get lease stellar-peers -n stellar-system -o yaml`);
  report.say(`  kubectl get pods -n ${namespace} -o yaml`);
  if (stage.plane.kind === "memory") report.say(`  node dist/cli.js status --report fleet.html`);
  for (const agent of stage.kubelet.agents.values())
    report.say(
      `  curl -s 127.0.0.1:${agent.healthPort}/status     # ${agent.name}, log: ${agent.directory}/log`,
    );
  report.say(`  tail -f ${join(directory, "webhook.log")}`);
  report.say(`\nCtrl-C ends it and cleans up.`);
}

async function play(report: Report, { keep, kind }: Options): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
  });
  const directory = await mkdtemp(join(tmpdir(), "stellar-peer-demo-"));
  let plane: Plane | undefined;
  let stage: Stage | undefined;
  let held: boolean | undefined;
  const run = async (): Promise<void> => {
    report.say(
      `Starting ${kind === "real" ? "kube-apiserver and etcd" : "the in-memory API server"} and the webhook …`,
    );
    plane = await openPlane(kind, directory);
    const cores = await openCores(process.env, directory);
    stage = await Stage.open({ plane, cores, namespace, dist: folder("../../dist"), directory });
    await runSteps(stage, report, folder("../../examples"));
    held = report.summarize();
    if (!keep) return;
    showAround(report, stage, directory);
    await interrupted;
  };
  try {
    await Promise.race([run(), interrupted.then(() => held ?? report.mute())]);
  } catch (error) {
    held = false;
    throw error;
  } finally {
    await stage?.close();
    await plane?.close();
    if (held === false) report.say(`Logs of all programs are in ${directory}`);
    else await rm(directory, { recursive: true, force: true });
  }
  return held === undefined ? 130 : held ? 0 : 1;
}

const options = readOptions();
if (typeof options === "string") {
  process.stdout.write(options === "" ? help : `${options}\n\n${help}`);
  process.exit(options === "" ? 0 : 2);
}
const report = new Report((text) => process.stdout.write(text), process.stdout.isTTY);
try {
  process.exit(await play(report, options));
} catch (error) {
  process.stderr.write(
    `The demo could not be played: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
