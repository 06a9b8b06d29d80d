import type { LogFields } from "../../runtime/Log.ts";
import { RecordedLog } from "../../test/kube/election/RecordedLog.ts";
import type { AgentWord } from "./AgentWord.ts";

/** An agent's log that tells of its milestones. */
export class ToldLog extends RecordedLog {
  readonly #agent: number;
  readonly #tell: (word: AgentWord) => void;

  constructor(agent: number, tell: (word: AgentWord) => void) {
    super();
    this.#agent = agent;
    this.#tell = tell;
  }

  override debug(fields: LogFields, message: string): void {
    this.#note(fields);
    super.debug(fields, message);
  }

  override info(fields: LogFields, message: string): void {
    this.#note(fields);
    super.info(fields, message);
  }

  #note({ event, revision }: LogFields): void {
    const told = event === "discovery.synced" || event === "document.received" || event === "leader.acquired";
    if (told) this.#tell({ agent: this.#agent, event, revision });
  }
}
