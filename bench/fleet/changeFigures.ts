import type { Figure } from "../Figure.ts";
import type { Crowd } from "./measureCrowd.ts";

/** The number of validators that the bars are for. */
const barred = 1_000;

/** What one validator's change came to. */
export function changeFigures(agents: number, validators: number, { changes }: Crowd): Figure[] {
  const bars = validators === barred ? { bar: 20_000, aim: 3_000 } : {};
  const change = (what: string, unit: string, values: readonly number[], limits = {}): Figure => {
    const fleet = `${agents} at ${validators}`;
    return { part: "fleet", what: `${fleet}, a change, ${what}`, of: "agent", unit, values, ...limits };
  };
  return [
    change("bytes to each", "B", changes.map(({ bytes }) => bytes), bars),
    change("list requests", "", changes.map(({ requests }) => requests)),
    change("held by all", "s", changes.map(({ seconds }) => seconds)),
  ]; // prettier-ignore
}
