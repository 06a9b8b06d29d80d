export type Labels = Readonly<Record<string, string>>;

/** One value of a time series at one time. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}
