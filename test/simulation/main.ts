/**
 * `npm run simulate`: whole fleets in virtual time, a seed each.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Failure, Progress } from "./Progress.ts";
import { runWorkers, type WorkerRun } from "./runWorkers.ts";
import { simulate } from "./simulate.ts";

const help = `npm run simulate -- [OPTIONS]

Lives through whole fleets (agents, provisioners, Cores, API server) in virtual time, with faults, and checks what must
hold. All that happens follows from the seed.

  --seeds N     how many worlds (1000)
  --first S     the first seed (1)
  --workers N   processes (one for each processor)
  --failures N  stop after so many worlds in which something did not hold (10)
  --trace       with one seed: print all that happened
  --help        print this
`;

interface Options extends WorkerRun {
  readonly failures: number;
}

/** Milliseconds between two lines of progress. */
const progressPeriod = 10_000;

function tell({ seed, violations, shortened }: Failure): void {
  console.log(`\nseed ${seed}:`);
  for (const violation of violations.slice(0, 10)) console.log(`  ${violation}`);
  console.log(`  repeat it with: npm run simulate -- --first ${seed} --seeds 1 --trace`);
  for (const line of shortened) console.log(`    ${line.slice(0, 300)}`);
}

/** All workers' figures as one. */
class Total {
  readonly #started = performance.now();
  readonly #options: Options;
  #seeds = 0;
  #faults = 0;
  #publications = 0;
  #simulated = 0;
  failures = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  add({ failures, faults, publications, seeds, simulated }: Progress): void {
    this.#seeds += seeds;
    this.#faults += faults;
    this.#publications += publications;
    this.#simulated += simulated;
    for (const failure of failures) {
      this.failures += 1;
      if (this.failures <= this.#options.failures) tell(failure);
    }
  }

  line(): string {
    const seconds = (performance.now() - this.#started) / 1000;
    const hours = (this.#simulated / 3_600_000).toFixed(1);
    return (
      `${this.#seeds} of ${this.#options.seeds} seeds in ${seconds.toFixed(0)} s: ${hours} simulated hours, ` +
      `${this.#faults} faults, ${this.#publications} documents, ${this.failures} failures`
    );
  }
}

async function runAll(options: Options): Promise<number> {
  const total = new Total(options);
  const timer = setInterval(() => console.log(total.line()), progressPeriod);
  try {
    await runWorkers(options, (progress) => {
      total.add(progress);
      return total.failures < options.failures;
    });
  } finally {
    clearInterval(timer);
    console.log(total.line());
  }
  return total.failures > 0 ? 1 : 0;
}

async function printTrace(seed: number): Promise<number> {
  const { trace, violations, digest } = await simulate(seed);
  for (const line of trace) console.log(line);
  console.log(`\nSHA-256 of the trace: ${digest}`);
  for (const violation of violations) console.log(violation);
  return violations.length > 0 ? 1 : 0;
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new Error(`${text} is not a whole number above 0`);
  return Number(text);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string" },
      first: { type: "string" },
      workers: { type: "string" },
      failures: { type: "string" },
      trace: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const first = wholeNumber(values.first, 1);
  if (values.trace) return printTrace(first);
  return runAll({
    first,
    seeds: wholeNumber(values.seeds, 1000),
    workers: wholeNumber(values.workers, availableParallelism()),
    failures: wholeNumber(values.failures, 10),
  });
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
