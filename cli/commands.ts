import type { Command } from "./Command.ts";
import { explainCommand } from "./explain/explainCommand.ts";
import { injectCommand } from "./inject/injectCommand.ts";

export const commands: readonly Command[] = [injectCommand, explainCommand];
