import type { Figure } from "../Figure.ts";
import type { Cell, ContenderRound } from "./measureRound.ts";

type Rounds = ReadonlyMap<string, readonly ContenderRound[]>;

const own = "webhook";
const part = "webhook";

function cellName({ connections, size }: Cell): string {
  return `${connections} ${connections === 1 ? "connection" : "connections"}, ${size} KB`;
}

function eachFigures(of: string, rounds: readonly ContenderRound[]): Figure[] {
  const figure = (what: string, unit: string, read: (round: ContenderRound) => number): Figure => ({
    part,
    what,
    of,
    unit,
    values: rounds.map((round) => read(round)),
  });
  return [
    figure("start to ready", "s", ({ ready }) => ready),
    figure("resident memory at rest", "MB", ({ atRest }) => atRest.resident),
    figure("anonymous memory at rest", "MB", ({ atRest }) => atRest.anonymous),
    figure("resident memory after load", "MB", ({ afterLoad }) => afterLoad.resident),
    figure("anonymous memory after load", "MB", ({ afterLoad }) => afterLoad.anonymous),
  ];
}

/** Of one number of connections and one size; `index` is that of its cell in each round. */
function cellFigures(of: string, rounds: readonly ContenderRound[], index: number): Figure[] {
  const cells = rounds.flatMap(({ cells }) => cells[index] ?? []);
  const figure = (what: string, unit: string, read: (cell: Cell) => number): Figure[] =>
    cells.slice(0, 1).map((first) => ({
      part,
      what: `${what}, ${cellName(first)}`,
      of,
      unit,
      values: cells.map((cell) => read(cell)),
    }));
  return [
    ...figure("calls", "a second", ({ result }) => result.callsPerSecond),
    ...figure("p50", "ms", ({ result }) => result.p50),
    ...figure("p99", "ms", ({ result }) => result.p99),
    ...figure("p99.9", "ms", ({ result }) => result.p999),
    ...figure("processor a call", "ms", ({ processor }) => processor),
    ...figure("processor of the load generator", "", ({ result }) => result.busy),
  ];
}

/** The product's values as multiples of a peer's, of the same round. */
function against(
  rounds: Rounds,
  peer: string,
  what: string,
  read: (cell: Cell) => number,
  limits: Pick<Figure, "bar" | "aim" | "limits">,
  held: (cell: Cell) => boolean,
): Figure[] {
  const cells = (name: string, index: number): Cell[] =>
    (rounds.get(name) ?? []).flatMap(({ cells }) => cells[index] ?? []);
  return (rounds.get(own)?.[0]?.cells ?? [])
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell }) => held(cell))
    .map(({ cell, index }) => {
      const theirs = cells(peer, index);
      const values = cells(own, index).map((mine, round) => {
        const other = theirs[round];
        return other ? read(mine) / read(other) : Number.NaN;
      });
      return { part, what: `${what} against ${peer}, ${cellName(cell)}`, of: own, unit: "x", values, ...limits };
    }); // prettier-ignore
}

/** What was measured of each, and how the product's compares with the bars. */
export function webhookFigures(rounds: Rounds): readonly Figure[] {
  const names = [...rounds.keys()];
  const indices = [...(rounds.get(own)?.[0]?.cells.keys() ?? [])];
  const each = (read: (of: string, rounds: readonly ContenderRound[]) => readonly Figure[]): Figure[] =>
    names.flatMap((name) => read(name, rounds.get(name) ?? []));
  const calls = ({ result }: Cell): number => result.callsPerSecond;
  const p99 = ({ result }: Cell): number => result.p99;
  return [
    ...against(rounds, "pepr", "calls a second", calls, { bar: 5, aim: 10, limits: "at least" }, () => true),
    ...["controller-runtime", "controller-runtime, direct"].flatMap((peer) =>
      against(rounds, peer, "p99", p99, { bar: 2, aim: 1 }, ({ connections }) => connections === 8),
    ),
    ...each(eachFigures),
    ...indices.flatMap((index) => each((of, own) => cellFigures(of, own, index))),
  ]; // prettier-ignore
}
