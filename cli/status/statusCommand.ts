import { exitCodes } from "../../runtime/exitCodes.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { openCluster } from "../cluster/openCluster.ts";
import type { Command } from "../Command.ts";
import { drawFleetGraph } from "../graph/drawFleetGraph.ts";
import { planFleetGraph } from "../graph/planFleetGraph.ts";
import { parseOptions } from "../parseOptions.ts";
import { readOutputFormat } from "../readOutputFormat.ts";
import { renderReport } from "../report/renderReport.ts";
import type { Terminal } from "../Terminal.ts";
import { UsageError } from "../UsageError.ts";
import { writeOutput } from "../writeOutput.ts";
import { assessStatus } from "./assessStatus.ts";
import { observeStatus } from "./observeStatus.ts";
import { renderStatus } from "./renderStatus.ts";
import type { Status } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";
import { statusHelp } from "./statusHelp.ts";

const options = {
  kubeconfig: { type: "string" },
  namespace: { type: "string", short: "n" },
  output: { type: "string", short: "o" },
  watch: { type: "boolean", short: "w" },
  graph: { type: "string" },
  report: { type: "string" },
} as const;

/** Milliseconds from one look to the next. */
const pause = 5_000;
/** To the corner of an empty screen (ECMA-48, ED and CUP). */
const clear = "\u001b[2J\u001b[H";

function isWrong({ findings }: Status): boolean {
  return findings.some(({ severity }) => severity !== "note");
}

interface Files {
  readonly graph: string | undefined;
  readonly report: string | undefined;
}

/** The pictures that were asked for. */
async function write(
  { graph, report }: Files,
  observation: StatusObservation,
  status: Status,
): Promise<void> {
  if (graph === undefined && report === undefined) return;
  const graphs = planFleetGraph(observation);
  if (graph !== undefined) await writeOutput(graph, drawFleetGraph(graphs));
  if (report !== undefined) await writeOutput(report, renderReport({ status, graphs, at: observation.now }));
}

async function watch(show: (signal: AbortSignal) => Promise<number>, signal: AbortSignal): Promise<number> {
  let code: number = exitCodes.ended;
  try {
    for (;;) {
      code = await show(signal);
      await systemClock.sleep(pause, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return code;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, options);
  if (positionals.length > 0)
    throw new UsageError(`${positionals.join(" ")}: a namespace is given with -n; nothing else can be named`);
  const json = readOutputFormat(values.output) === "json";
  const { api } = openCluster(values.kubeconfig, terminal);
  const watching = values.watch === true;
  const show = async (signal: AbortSignal): Promise<number> => {
    const question = { now: systemClock.now(), namespace: values.namespace, signal };
    const observation = await observeStatus(api, question);
    const status = assessStatus(observation);
    await write({ graph: values.graph, report: values.report }, observation, status);
    const text = json ? `${JSON.stringify(status, null, watching ? 0 : 2)}\n` : renderStatus(status);
    terminal.stdout(`${watching && !json && terminal.interactive ? clear : ""}${text}`);
    return isWrong(status) ? exitCodes.failed : exitCodes.ended;
  };
  try {
    return watching ? await watch(show, terminal.interrupted()) : await show(new AbortController().signal);
  } finally {
    api.close();
  }
}

/** `status`: the whole fleet on one screen, problems first. */
export const statusCommand: Command = {
  name: "status",
  summary: "Show the whole fleet: list, leader, copies and what each agent says; problems first.",
  help: statusHelp,
  run,
};
