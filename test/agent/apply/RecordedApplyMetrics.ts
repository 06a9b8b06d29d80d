import type { ApplyGauges, ApplyMetrics } from "../../../agent/apply/ApplyMetrics.ts";

/** Metrics that keep what was counted, each as one line. */
export class RecordedApplyMetrics implements ApplyMetrics {
  readonly counted: string[] = [];
  /** Milliseconds that each confirmation took. */
  readonly confirmations: number[] = [];
  gauges: ApplyGauges | undefined;

  documentReceived(source: string): void {
    this.counted.push(`received ${source}`);
  }

  documentRejected(source: string, reason: string): void {
    this.counted.push(`rejected ${source} ${reason}`);
  }

  reloaded(result: string): void {
    this.counted.push(`reloaded ${result}`);
  }

  dialed(result: string): void {
    this.counted.push(`dialed ${result}`);
  }

  confirmed(milliseconds: number): void {
    this.confirmations.push(milliseconds);
  }

  looked(gauges: ApplyGauges): void {
    this.gauges = gauges;
  }

  /** How often this line was counted. */
  times(line: string): number {
    return this.counted.filter((counted) => counted === line).length;
  }
}
