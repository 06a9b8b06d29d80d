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
