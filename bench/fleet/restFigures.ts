import type { Figure } from "../Figure.ts";
import { summarize } from "../measure/summarize.ts";
import type { Crowd } from "./measureCrowd.ts";
import type { Plain } from "./measurePlain.ts";
import type { Rates } from "./rates.ts";

/** The fleet that the bars are for. */
const barred = 1_000;

/** What a fleet of agents and the plain pattern came to at rest. */
export function restFigures(agents: number, { rest }: Crowd, plain: Plain): Figure[] {
  const peer = plain.pods === agents ? "plain" : `plain, from ${plain.pods}`;
  const pair = (what: string, unit: string, of: (rates: Rates) => number, bars = false): Figure[] => {
    const values = plain.rest.map(of);
    const { median } = summarize(values);
    const limits = bars ? { bar: median / 1_000, aim: median / 10_000 } : {};
    return [
      { part: "fleet", what: `${agents}, ${what}`, of: "agent", unit, values: rest.map(of), ...limits },
      { part: "fleet", what: `${agents}, ${what}`, of: peer, unit, values },
    ];
  };
  return [
    ...pair("requests", "/s", ({ requests }) => requests),
    ...pair("bytes", "KB/s", ({ bytes }) => bytes / 1000, agents === barred),
    ...pair("API server", "cores", ({ millicores }) => millicores / 1000),
  ];
}
