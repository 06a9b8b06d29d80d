import { names } from "../../contract/names.ts";
import { eventually } from "../runtime/eventually.ts";
import type { Report } from "../demo/Report.ts";
import type { Stage } from "../e2e/Stage.ts";

const suspended = ["beta", "delta", "gamma"];
const all = ["alpha-0", "beta-0", "delta-0", "gamma-0"];

async function listed(stage: Stage): Promise<number> {
  const { data } = await stage.configMap();
  try {
    return (JSON.parse(data?.["peers.json"] ?? "") as unknown[]).length;
  } catch {
    return -1;
  }
}

/** What the demo does not show, and the dashboard is for. */
export async function runFaults(stage: Stage, report: Report): Promise<void> {
  await report.step("Break the list by hand, twice", async (say) => {
    const list = { apiVersion: "v1", kind: "ConfigMap", namespace: names.namespace, name: names.configMap };
    for (const time of ["first", "second"]) {
      const body = { data: { "peers.json": "no list" } };
      await stage.api.patch(list, { type: "merge", body }, { signal: stage.signal });
      const start = performance.now();
      await eventually("the leader restores it", 45_000, async () => (await listed(stage)) === all.length);
      say(`restored ${((performance.now() - start) / 1000).toFixed(1)} s after the ${time} time`);
    }
    return undefined;
  });
  await report.step("Suspend three of four at once", async (say) => {
    await Promise.all(suspended.map((name) => stage.suspend(name, true)));
    await eventually("the second look agrees", 60_000, async () => (await listed(stage)) === 1);
    say("published after the second look");
    await Promise.all(suspended.map((name) => stage.suspend(name, false)));
    await eventually("each Core is connected to all others", 60_000, () => stage.meshed(all));
    return undefined;
  });
}
