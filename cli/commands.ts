import type { Command } from "./Command.ts";
import { explainCommand } from "./explain/explainCommand.ts";
import { injectCommand } from "./inject/injectCommand.ts";
import { statusCommand } from "./status/statusCommand.ts";

export const commands: readonly Command[] = [injectCommand, explainCommand, statusCommand];
