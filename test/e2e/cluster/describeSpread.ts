import type { Spread } from "./Fleet.ts";

/** A spread, for a person. */
export function describeSpread({ published, received, connected, revision }: Spread): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
  const steps = `published after ${seconds(published)}, at each agent by API ${seconds(received)}`;
  return `revision ${revision}: ${steps}, confirmed connections ${seconds(connected)}`;
}
