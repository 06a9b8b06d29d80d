import { version } from "../../runtime/version.ts";
import type { Command } from "../Command.ts";
import { CommandError } from "../CommandError.ts";
import { parseOptions } from "../parseOptions.ts";
import { readInput } from "../readInput.ts";
import type { Terminal } from "../Terminal.ts";
import { UsageError } from "../UsageError.ts";
import { describeReport } from "./describeReport.ts";
import { injectHelp } from "./injectHelp.ts";
import { injectManifests } from "./injectManifests.ts";
import { readInjectionSettings } from "./readInjectionSettings.ts";
import { readServerVersion } from "./readServerVersion.ts";

const options = {
  filename: { type: "string", short: "f", multiple: true },
  image: { type: "string" },
  namespace: { type: "string", short: "n", default: "default" },
  "server-version": { type: "string", default: "1.37" },
  set: { type: "string", multiple: true },
} as const;

async function run(args: readonly string[], terminal: Terminal): Promise<undefined> {
  const { values, positionals } = parseOptions(args, options);
  const [file, ...others] = values.filename ?? [];
  if (positionals.length > 0)
    throw new UsageError(
      `${positionals.join(" ")}: manifests are given with -f FILE, or -f - for standard input`,
    );
  if (file === undefined) throw new UsageError("-f FILE is missing; -f - is standard input");
  if (others.length > 0) throw new UsageError("there can be one -f; run inject once for each file");
  const source = file === "-" ? "standard input" : file;
  const injection = {
    settings: readInjectionSettings(values.set ?? [], values.image, version),
    serverMinor: readServerVersion(values["server-version"]),
    namespace: values.namespace,
    source,
  };
  const { text, reports, remarks } = injectManifests(await readInput(file, terminal), injection);
  for (const line of [...reports.flatMap(describeReport), ...remarks]) terminal.stderr(`${line}\n`);
  if (reports.some(({ decision }) => decision.action === "reject"))
    throw new CommandError("a pod has to be corrected first, see above; nothing was written");
  if (reports.length === 0) terminal.stderr(`${source}: there is no pod and no workload in it\n`);
  terminal.stdout(text);
}

/** `inject`: manifests in, manifests with the agent out. */
export const injectCommand: Command = {
  name: "inject",
  summary: "Add the peer agent to the pods in YAML manifests, as the webhook would.",
  help: injectHelp,
  run,
};
