import type { ContainerUse } from "./readContainerUse.ts";

type Uses = ReadonlyMap<string, ContainerUse>;

function range(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${least.toFixed(digits)} to ${most.toFixed(digits)}`;
}

/** What containers used between two looks, for a person; undefined when they were not seen twice. */
export function describeRest(before: Uses, after: Uses): string | undefined {
  const both = [...after].flatMap(([pod, now]) => {
    const earlier = before.get(pod);
    return earlier && now.at > earlier.at ? [{ earlier, now }] : [];
  });
  if (both.length === 0) return undefined;
  const mebibytes = (read: (use: ContainerUse) => number): string =>
    `${range(both.map(({ now }) => read(now) / 2 ** 20), 1)} MiB`; // prettier-ignore
  const seconds = both.map(({ earlier, now }) => (now.at - earlier.at) / 1_000);
  const shares = both.map(({ earlier, now }) => ((now.cpu - earlier.cpu) / (now.at - earlier.at)) * 1e6);
  const memory = `memory ${mebibytes(({ usage }) => usage)}, of it anonymous ${mebibytes(({ anonymous }) => anonymous)}`;
  return `${both.length} agents over ${range(seconds, 0)} s: ${memory}; CPU ${range(shares, 1)} thousandths of a core`;
}
