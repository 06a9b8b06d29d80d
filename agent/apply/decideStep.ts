import type { Peer } from "../../contract/Peer.ts";
import type { Health } from "./decideHealth.ts";
import type { DialRecord, ReloadRecord } from "./ReloadMemory.ts";

export interface StepInput {
  readonly setting: "auto" | "http" | "connect" | "off";
  readonly verdict: Health["verdict"];
  /** Planned peers to which Core has no connection, not even one under way. */
  readonly missing: readonly Peer[];
  /** The planned addresses as one text. */
  readonly target: string;
  readonly memory: { readonly reload: ReloadRecord; dial(peerString: string): DialRecord | undefined };
  readonly now: number;
}

/** One thing to do with Core, or nothing, with how many milliseconds until something may be due (Infinity: never). */
export type Step =
  | { readonly do: "reload" }
  | { readonly do: "dial"; readonly peer: Peer }
  | { readonly do: "nothing"; readonly dueIn: number };

/** Milliseconds that a config-reload is given before peers it did not bring are dialed. */
const reloadPatience = 10_000;

function decideDial({ missing, memory, now }: StepInput): Step {
  let dueIn = Infinity;
  for (const peer of missing) {
    const wait = (memory.dial(peer.peerString)?.nextAt ?? now) - now;
    if (wait <= 0) return { do: "dial", peer };
    dueIn = Math.min(dueIn, wait);
  }
  return { do: "nothing", dueIn };
}

function mayReload({ setting, memory, target, now }: StepInput): boolean {
  const { state, target: last, nextAt } = memory.reload;
  if (setting === "http") return last !== target || now >= nextAt;
  return setting === "auto" && (state === "untried" || (state === "accepted" && last !== target));
}

/**
 * What to do next with Core, one step at a time; after it, everything is looked at again.
 *
 * - Nothing while Core waits, when `off`, or when nothing is missing: a Core that flaps is not reloaded at each flap.
 * - An isolated Core is dialed for, whatever the strategy, since a reload is for healthy ones only.
 * - `http`: reload at each change of the plan, again ever more slowly while peers are missing.
 * - `auto`: reload once for each start of Core; when Core took it, at each change of the plan, and what is missing 10 s
 *   later is dialed; when it did not, dial from then on.
 * - `connect`: dial. Each peer has its own, growing, time until it is tried again.
 */
export function decideStep(input: StepInput): Step {
  const { setting, verdict, missing, memory, now } = input;
  const nothing: Step = { do: "nothing", dueIn: Infinity };
  if (setting === "off" || verdict === "waiting" || missing.length === 0) return nothing;
  if (verdict === "isolated" || setting === "connect") return decideDial(input);
  if (mayReload(input)) return { do: "reload" };
  if (setting === "http") return { do: "nothing", dueIn: Math.max(0, memory.reload.nextAt - now) };
  const patience = memory.reload.state === "accepted" ? memory.reload.lastAt + reloadPatience - now : 0;
  return patience > 0 ? { do: "nothing", dueIn: patience } : decideDial(input);
}
