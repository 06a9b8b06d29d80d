import { readFile } from "node:fs/promises";

const file = "charts/stellar-peer-discovery/templates/monitoring.yaml";

/** Names of the chart's alerts. */
export async function readAlerts(): Promise<readonly string[]> {
  const text = await readFile(file, "utf8");
  return [...text.matchAll(/^\s*- alert: (\S+)$/gm)].map(([, name = ""]) => name);
}
