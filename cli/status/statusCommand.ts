import { systemClock } from "../../runtime/systemClock.ts";
import { openCluster } from "../cluster/openCluster.ts";
import type { Command } from "../Command.ts";
import { parseOptions } from "../parseOptions.ts";
import { readOutputFormat } from "../readOutputFormat.ts";
import type { Terminal } from "../Terminal.ts";
import { UsageError } from "../UsageError.ts";
import { assessStatus } from "./assessStatus.ts";
import { observeStatus } from "./observeStatus.ts";
import { renderStatus } from "./renderStatus.ts";
import { statusHelp } from "./statusHelp.ts";

const options = {
  kubeconfig: { type: "string" },
  namespace: { type: "string", short: "n" },
  output: { type: "string", short: "o" },
} as const;

async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parseOptions(args, options);
  if (positionals.length > 0)
    throw new UsageError(`${positionals.join(" ")}: a namespace is given with -n; nothing else can be named`);
  const format = readOutputFormat(values.output);
  const { api } = openCluster(values.kubeconfig, terminal);
  try {
    const { namespace } = values;
    const { signal } = new AbortController();
    const status = assessStatus(await observeStatus(api, { now: systemClock.now(), namespace, signal }));
    terminal.stdout(format === "json" ? `${JSON.stringify(status, null, 2)}\n` : renderStatus(status));
  } finally {
    api.close();
  }
}

/** `status`: the published list, its leader and its copies, problems first. */
export const statusCommand: Command = {
  name: "status",
  summary: "Show the published list, its leader and its copies; problems first.",
  help: statusHelp,
  run,
};
