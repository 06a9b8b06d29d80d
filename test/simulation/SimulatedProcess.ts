import type { KubeApi } from "../../kube/KubeApi.ts";
import { fairWeather } from "./fairWeather.ts";
import { FaultyApi } from "./FaultyApi.ts";
import { ProcessClock } from "./ProcessClock.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { SimulatedTime } from "./SimulatedTime.ts";
import type { Trace } from "./Trace.ts";
import { TraceLog } from "./TraceLog.ts";
import type { Weather } from "./Weather.ts";

export interface SimulatedProcessOptions {
  readonly name: string;
  readonly time: SimulatedTime;
  readonly random: SeededRandom;
  readonly trace: Trace;
  /** The API server, as this caller meets it. */
  readonly api: KubeApi;
  readonly speed: number;
  readonly wallOffset: number;
  readonly weather?: Weather;
  /** When its main loop ended by itself. */
  readonly onCrash: (error: unknown) => void;
}

/** What every simulated process has: its own view of time, its line to the API server, its log, and an end. */
export class SimulatedProcess {
  readonly name: string;
  readonly clock: ProcessClock;
  readonly line: FaultyApi;
  readonly log: TraceLog;
  readonly #options: SimulatedProcessOptions;
  readonly #ending = new AbortController();
  #alive = true;

  constructor(options: SimulatedProcessOptions) {
    const { api, name, random, speed, time, trace, wallOffset, weather = fairWeather } = options;
    this.#options = options;
    this.name = name;
    this.clock = new ProcessClock(time, { speed, wallOffset });
    this.log = new TraceLog(trace, name);
    this.line = new FaultyApi({ api, clock: this.clock, random, onFault: () => undefined });
    this.line.weather = weather;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Alive, not standing still, and not asked to end. */
  get active(): boolean {
    return this.#alive && !this.clock.paused && !this.#ending.signal.aborted;
  }

  run(main: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.#ending;
    const end = (error: unknown): void => {
      if (!this.#alive) return;
      this.kill();
      if (!signal.aborted) this.#options.onCrash(error);
    };
    main(signal).then(() => end(new Error("it ended unasked")), end);
  }

  /** SIGTERM: it ends in good order, and takes its time. */
  terminate(): void {
    this.clock.whenRunning(() => this.#ending.abort(new Error("asked to end")));
  }

  /** SIGKILL: nothing more of it, from this moment. */
  kill(): void {
    this.#alive = false;
    this.clock.kill();
    this.line.close();
  }
}
