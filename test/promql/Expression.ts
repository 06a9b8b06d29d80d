/** Which values of a label are asked for. */
export interface Matcher {
  readonly label: string;
  readonly value: string;
  readonly equal: boolean;
}

export interface Selector {
  readonly kind: "selector";
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** Seconds of `[5m]`; undefined for the newest value. */
  readonly range: number | undefined;
}

/** A query in the part of PromQL that the chart's alerts and its dashboard use. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | Selector
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: "aggregate";
      readonly name: string;
      readonly by: readonly string[];
      readonly of: Expression;
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly ignoring: readonly string[];
      readonly left: Expression;
      readonly right: Expression;
    };
