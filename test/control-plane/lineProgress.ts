import type { BuildProgress } from "./BuildProgress.ts";

const everySeconds = 15;

/** Progress as lines: at the begin, every 15 s with the time that has gone, and at the end. */
export function lineProgress(print: (line: string) => void): BuildProgress {
  return {
    begin(what, expectedSeconds) {
      const start = performance.now();
      const seconds = (): number => Math.round((performance.now() - start) / 1000);
      print(`building ${what}, about ${expectedSeconds} s`);
      const timer = setInterval(
        () => print(`building ${what}, ${seconds()} of about ${expectedSeconds} s`),
        everySeconds * 1000,
      );
      return () => {
        clearInterval(timer);
        print(`built ${what} in ${seconds()} s`);
      };
    },
  };
}
