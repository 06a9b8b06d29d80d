import { createHash } from "node:crypto";

/** Lines of a long trace that are shown of its beginning and its end. */
const shownLines = 60;

/** What happened in a simulated world, a line each. The same seed gives the same lines. */
export class Trace {
  readonly lines: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(who: string, what: string): void {
    this.lines.push(`${(this.#now() / 1000).toFixed(3).padStart(8)} ${who}: ${what}`);
  }

  /** SHA-256 of it all, in hex. */
  digest(): string {
    return createHash("sha256").update(this.lines.join("\n")).digest("hex");
  }

  /** What matters most: what befell the world, who wrote, and all that was last. */
  shortened(): readonly string[] {
    const last = this.lines.slice(-shownLines);
    const before = this.lines.slice(0, -shownLines);
    const telling = before.filter((line) => / (world|violation): | wrote /.test(line));
    const dropped = before.length - telling.length;
    const gap = dropped > 0 ? [`   … ${dropped} more lines`] : [];
    return [...telling.slice(-2 * shownLines), ...gap, ...last];
  }
}
