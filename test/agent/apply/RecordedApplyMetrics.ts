import type { ApplyGauges, ApplyMetrics } from "../../../agent/apply/ApplyMetrics.ts";

/** Metrics that keep what was counted, each as one line. */
export class RecordedApplyMetrics implements ApplyMetrics {
  readonly counted: string[] = [];
  /** Milliseconds that each confirmation took. */
  readonly confirmations: number[] = [];
  /** Ways in that hold something unusable now, with why. */
  readonly refused = new Map<string, string>();
  gauges: ApplyGauges | undefined;

  documentReceived(source: string): void {
    this.counted.push(`received ${source}`);
  }

  documentRejected(source: string, reason: string): void {
    this.counted.push(`rejected ${source} ${reason}`);
  }

  documentRefused(source: string, reason: string | undefined): void {
    if (reason === undefined) this.refused.delete(source);
    else this.refused.set(source, reason);
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
