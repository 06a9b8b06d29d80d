export interface Memory {
  /** MB of a million bytes. */
  readonly resident: number;
  readonly anonymous: number;
}

const kibibytesToMb = 1024 / 1e6;

/** Reads the text of /proc/PID/smaps_rollup. Throws when it says nothing of memory, as for a process that has ended. */
export function parseMemory(rollup: string): Memory {
  const field = (name: string): number => {
    const [, digits] = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(rollup) ?? [];
    if (digits === undefined) throw new Error(`smaps_rollup has no ${name}`);
    return Number(digits) * kibibytesToMb;
  };
  return { resident: field("Rss"), anonymous: field("Anonymous") };
}
