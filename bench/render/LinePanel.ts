export interface PlotLine {
  readonly name: string;
  /** In ascending order of x; those that are not positive have no place on axes that are logarithms. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** One pair of axes of a plot. */
export interface LinePanel {
  readonly title: string;
  readonly lines: readonly PlotLine[];
  /** A line across, which must not be passed. */
  readonly limit?: { readonly name: string; readonly y: number };
}
