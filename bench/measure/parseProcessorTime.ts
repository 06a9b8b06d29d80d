/** Milliseconds in which Linux counts: USER_HZ is 100 on every platform that Node runs on. */
const tick = 10;

/** Milliseconds of processor time, user and system, from the text of /proc/PID/stat. */
export function parseProcessorTime(stat: string): number {
  // The program's name stands in parentheses and may hold anything, blanks and parentheses too.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isFinite(ticks)) throw new Error("stat has no utime and stime");
  return ticks * tick;
}
