import type { AuditedWrite } from "./AuditedWrite.ts";
import type { Moment, Presence } from "./Presence.ts";

/** That a validator be suspended or not was asked for; whether and when that took place, the audit log says. */
export interface SuspensionAsk {
  readonly name: string;
  readonly suspended: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const never: Moment = { earliest: Infinity, latest: Infinity };

/**
 * When each validator was there, by what was stored, in that order: calls that cross may be answered in another one. The
 * line of a write is lost with a server that is killed, and the next try, which changes nothing more, has one; so a
 * change may have taken place since it was first asked for after the one before.
 */
export function findPresences(
  writes: readonly AuditedWrite[],
  asks: readonly SuspensionAsk[],
): readonly Presence[] {
  const found = new Map<string, Presence[]>();
  for (const { answered, at, object, resource } of writes) {
    if (resource !== "stellarnodes" || !object) continue;
    const { name = "" } = object.metadata;
    const suspended = object.spec?.suspended === true;
    const presences = found.get(name) ?? [];
    found.set(name, presences);
    const last = presences.at(-1);
    const present = last?.to === never;
    if (present !== suspended) continue;
    const before = (present ? last.from.latest : last?.to.latest) ?? 0;
    const asked = asks.filter((ask) => ask.name === name && ask.suspended === suspended && ask.at > before);
    const moment = { earliest: Math.min(at, ...asked.map((ask) => ask.at)), latest: answered };
    if (present) presences[presences.length - 1] = { ...last, to: moment };
    else presences.push({ name, from: moment, to: never });
  }
  return [...found.values()].flat();
}
