import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { escapeXml } from "../../../cli/graph/escapeXml.ts";
import { drawFleetGraph } from "../../../cli/graph/drawFleetGraph.ts";
import { planFleetGraph } from "../../../cli/graph/planFleetGraph.ts";
import { renderReport } from "../../../cli/report/renderReport.ts";
import { assessStatus } from "../../../cli/status/assessStatus.ts";
import { statusObservation } from "../status/statusObservation.ts";
import { fleetObservation } from "./fleetObservation.ts";

async function expectFile(name: string, text: string): Promise<void> {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(file, text);
  assert.equal(text, await readFile(file, "utf8"), `${name} differs; UPDATE_GOLDEN=1 rewrites it`);
}

/** Where each label begins, on its circle. */
function labelPlaces(svg: string): readonly { readonly x: number; readonly y: number }[] {
  const places = svg.matchAll(/translate\((-?[\d.]+) (-?[\d.]+)\)/g);
  return [...places].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

describe("the fleet as a picture", () => {
  test("of three validators is as recorded, every time", async () => {
    const text = drawFleetGraph(planFleetGraph(fleetObservation(3, 0)));
    assert.equal(drawFleetGraph(planFleetGraph(fleetObservation(3, 0))), text);
    await expectFile("three.svg", text);
  });

  test("of two networks with what is missing, silent and not healthy is as recorded", async () => {
    await expectFile("two-networks.svg", drawFleetGraph(planFleetGraph(fleetObservation(20, 6))));
  });

  test("keeps labels apart, up to 200 validators and more", () => {
    for (const count of [3, 20, 60, 200, 500]) {
      const places = labelPlaces(drawFleetGraph(planFleetGraph(fleetObservation(count, 0))));
      assert.equal(places.length, count);
      for (const [index, place] of places.entries()) {
        const next = places[(index + 1) % count];
        const apart = Math.hypot(place.x - (next?.x ?? 0), place.y - (next?.y ?? 0));
        assert.ok(apart >= 14, `${apart} between two of ${count}`);
      }
    }
  });

  test("says so when there is nothing, and shows a connection that only one side tells of", () => {
    const nothing = statusObservation({ list: { state: "absent" }, agents: new Map() });
    assert.match(drawFleetGraph(planFleetGraph(nothing)), /no validators are listed/);
    const [graph] = planFleetGraph(fleetObservation(6, 0));
    const silent = graph?.nodes.find(({ state }) => state === "silent");
    assert.ok(silent, "one agent does not answer");
    assert.ok(graph?.links.some(({ from, to }) => from === silent.id || to === silent.id));
  });

  test("stands in a page that is as recorded and holds no text of others unescaped", async () => {
    const observation = fleetObservation(3, 0);
    const page = renderReport({
      status: assessStatus(observation),
      graphs: planFleetGraph(observation),
      at: observation.now,
    });
    await expectFile("report.html", page);
    const agents = new Map([
      ["validators/core-000-0", { state: "unreachable", detail: "<script>alert(1)</script>" } as const],
    ]);
    const hostile = { ...observation, agents };
    const text = renderReport({ status: assessStatus(hostile), graphs: planFleetGraph(hostile), at: 0 });
    assert.ok(!text.includes("<script"));
    assert.match(text, /&lt;script&gt;/);
  });

  test("stands in a page that folds many findings of one kind, so that the rest is not far down", () => {
    const observation = fleetObservation(60, 20);
    const status = assessStatus(observation);
    const page = renderReport({ status, graphs: planFleetGraph(observation), at: 0 });
    const behind = status.findings.filter(({ code }) => code === "agent-behind");
    assert.ok(behind.length > 5);
    assert.ok(page.includes(`<details><summary>${behind.length} times</summary>`));
    for (const { detail } of behind) assert.ok(page.includes(escapeXml(detail)), detail);
  });
});
