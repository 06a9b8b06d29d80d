import type { Spread } from "./Fleet.ts";

interface Row {
  readonly change: string;
  readonly spread: Spread;
  files?: number;
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "" : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** How long the changes of a run took to get everywhere. */
export class Spreads {
  readonly #rows: Row[] = [];

  /** Notes it for the table, and says it. */
  add(change: string, spread: Spread): string {
    this.#rows.push({ change, spread });
    const { published, received, connected, revision } = spread;
    const steps = `published after ${seconds(published)}, at each agent by API ${seconds(received)}`;
    return `revision ${revision}: ${steps}, confirmed connections ${seconds(connected)}`;
  }

  /** When the kubelet had brought the last change to each agent's mounted files. */
  addFiles(milliseconds: number): string {
    const last = this.#rows.at(-1);
    if (last) last.files = milliseconds;
    return `${last?.spread.revision ?? ""} is in the mounted files of each after ${seconds(milliseconds)}`;
  }

  /** A table of times since the change. */
  render(): string {
    const head = ["change", "ConfigMap", "each agent, API", "each agent, file", "connections confirmed"];
    const rows = this.#rows.map(({ change, spread, files }) => [
      change,
      ...[spread.published, spread.received, files, spread.connected].map(seconds),
    ]);
    const widths = head.map((title, column) =>
      Math.max(...[head, ...rows].map((row) => row[column]?.length ?? title.length)),
    );
    const line = (row: readonly string[]): string =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "); // prettier-ignore
    return [head, ...rows].map(line).join("\n");
  }
}
