import { writeSync } from "node:fs";

/** As fs.writeSync: how many bytes were written. */
export type WriteBytes = (bytes: Uint8Array) => number;

/**
 * Where log lines go. A line that can't be written (a full disk, a reader that has gone) is dropped and counted: no
 * program may end, and none of its loops fail, because nobody can read what it says. Whoever reads too slowly from a
 * pipe that blocks holds the program up, as a process that stands still.
 */
export class LogOutput {
  readonly #write: WriteBytes;
  readonly #onRecovery: (lost: number) => void;
  #lost = 0;

  /** `onRecovery`: lines go through again, after so many were lost; not called from within a write. */
  constructor(onRecovery: (lost: number) => void, write: WriteBytes = (bytes) => writeSync(1, bytes)) {
    this.#onRecovery = onRecovery;
    this.#write = write;
  }

  write(line: string): void {
    try {
      let left: Uint8Array = Buffer.from(line);
      while (left.length > 0) left = left.subarray(this.#write(left));
    } catch {
      this.#lost += 1;
      return;
    }
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) queueMicrotask(() => this.#onRecovery(lost));
  }
}
