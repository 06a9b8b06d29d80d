/** What supervise.ts is asked to run. */
export interface SupervisedPlan {
  /** Where logs and data go; removed at the end. */
  readonly directory: string;
  readonly servers: readonly {
    readonly name: string;
    readonly file: string;
    readonly args: readonly string[];
  }[];
}

/** What may be done to one of its servers while they run: a signal, or a new start of one that has ended. */
export interface ServerCommand {
  readonly name: string;
  readonly action: "start" | "SIGKILL" | "SIGSTOP" | "SIGCONT";
}
