import { commands } from "./commands.ts";

const width = Math.max(...commands.map(({ name }) => name.length));

/** What `--help` prints without a command. */
export const overview = `Validators of a Stellar network that find each other: for people and pipelines.

Usage: kubectl stellar-peers COMMAND [OPTIONS]

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}

  --help     This, or a command's own help after its name.
  --version  This program's version.

Exit codes: 0 done, 1 failed, 2 wrong usage.
`;
