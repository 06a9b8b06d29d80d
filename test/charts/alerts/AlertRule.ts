/** A rule of a PrometheusRule. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** `5m`. */
  readonly for: string;
}
