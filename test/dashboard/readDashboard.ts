import { readFile } from "node:fs/promises";
import type { Dashboard } from "./Dashboard.ts";

const file = new URL(
  "../../charts/stellar-peer-discovery/dashboards/stellar-peer-discovery.json",
  import.meta.url,
);

/** The dashboard that the chart brings. */
export async function readDashboard(): Promise<Dashboard> {
  return JSON.parse(await readFile(file, "utf8")) as Dashboard;
}
