import type { Figure } from "../Figure.ts";
import { summarize } from "../measure/summarize.ts";
import type { LinePanel } from "../render/LinePanel.ts";

/** Bytes of its values, at most. */
const configMap = 1024 * 1024;

/** The panels of the plot: medians by number of validators. */
export function growthPanels(figures: readonly Figure[]): readonly LinePanel[] {
  const line = (name: string, what: string) => ({
    name,
    points: figures
      .filter((figure) => figure.what === what && figure.at !== undefined)
      .map(({ at = 0, values }) => ({ x: at, y: summarize(values).median })),
  });
  const both = (what: string) => [line("leader", `${what}, leader`), line("follower", `${what}, follower`)];
  return [
    {
      title: "Agent: memory, MB",
      lines: [
        line("resident, leader", "resident memory, leader"),
        line("resident, follower", "resident memory, follower"),
        line("anonymous, leader", "anonymous memory, leader"),
        line("anonymous, follower", "anonymous memory, follower"),
      ],
    },
    { title: "Agent: processor at rest, millicores", lines: both("processor at rest") },
    {
      title: "Document, bytes",
      lines: [line("in the ConfigMap", "document")],
      limit: { name: "a ConfigMap holds 1 MiB", y: configMap },
    },
    {
      title: "Webhook: review of 10 KB, 8 connections, ms",
      lines: [line("p50", "review of 10 KB, p50"), line("p99", "review of 10 KB, p99")],
    },
  ];
}
