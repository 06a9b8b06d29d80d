import { ConfigurationError } from "../runtime/ConfigurationError.ts";
import { exitCodes } from "../runtime/exitCodes.ts";
import { version } from "../runtime/version.ts";
import { commands } from "./commands.ts";
import { describeFailure } from "./describeFailure.ts";
import { overview } from "./overview.ts";
import type { Terminal } from "./Terminal.ts";
import { UsageError } from "./UsageError.ts";

function isHelp(arg: string | undefined): boolean {
  return arg === "--help" || arg === "-h";
}

function print(terminal: Terminal, text: string): undefined {
  terminal.stdout(text);
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const [name, ...rest] = args;
  if (isHelp(name)) return print(terminal, overview);
  if (name === "--version") return print(terminal, `${version}\n`);
  const known = commands.map((command) => command.name).join(", ");
  if (name === undefined) throw new UsageError(`no command is given; there are ${known}`);
  const command = commands.find((one) => one.name === name);
  if (!command) throw new UsageError(`there is no command ${JSON.stringify(name)}; there are ${known}`);
  if (rest.some(isHelp)) return print(terminal, command.help);
  return command.run(rest, terminal);
}

/** Runs one command and returns the exit code, one of `exitCodes`. Never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return (await dispatch(args, terminal)) ?? exitCodes.ended;
  } catch (error) {
    for (const line of describeFailure(error)) terminal.stderr(`error: ${line}\n`);
    if (error instanceof UsageError) terminal.stderr("Use --help for what can be given.\n");
    const isUsage = error instanceof UsageError || error instanceof ConfigurationError;
    return isUsage ? exitCodes.wrongConfiguration : exitCodes.failed;
  }
}
