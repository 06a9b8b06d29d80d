export interface Threshold {
  readonly color: string;
  /** From which value on; null: from below. */
  readonly value: number | null;
}

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** In a grid of 24 columns. */
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit: string;
      readonly thresholds?: { readonly steps: readonly Threshold[] };
    };
  };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** Grafana's dashboard, as far as it is drawn here. */
export interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
}
