import type { Figure } from "../Figure.ts";

const shown = /^(calls|p99), (1|8|64) connections?, 10 KB$|^start to ready$|^resident memory/;

/** Reviews of 10 KB alone, the usual size, so that the chart can be read; what is compared stands together. */
export function chartedWebhookFigures(figures: readonly Figure[]): readonly Figure[] {
  const kept = figures.filter(({ what }) => shown.test(what));
  return [...Map.groupBy(kept, ({ what }) => what).values()].flat();
}
