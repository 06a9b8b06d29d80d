import type { LogFields } from "../../runtime/Log.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import { ApiLine } from "./ApiLine.ts";
import { fairWeather } from "./fairWeather.ts";
import { FaultyApi, type FaultyApiOptions } from "./FaultyApi.ts";
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
  readonly past: FaultyApiOptions["past"];
  readonly speed: number;
  readonly wallOffset: number;
  readonly weather?: Weather;
  /** What it logs of what goes well. */
  readonly onLine?: (fields: LogFields) => void;
  /** When its main loop ended by itself. */
  readonly onCrash: (error: unknown) => void;
}

/** What every simulated process has: its own view of time, its line to the API server, its log, and an end. */
export class SimulatedProcess {
  readonly name: string;
  readonly clock: ProcessClock;
  readonly line: ApiLine;
  readonly api: FaultyApi;
  readonly log: TraceLog;
  /** True time of its first picture of the validators. */
  picturedAt = Infinity;
  readonly #options: SimulatedProcessOptions;
  readonly #ending = new AbortController();
  #alive = true;

  constructor(options: SimulatedProcessOptions) {
    const { api, name, past, random, speed, time, trace, wallOffset, weather = fairWeather } = options;
    const { onLine = () => undefined } = options;
    this.#options = options;
    this.name = name;
    this.clock = new ProcessClock(time, { speed, wallOffset });
    this.log = new TraceLog(trace, name, onLine);
    this.line = new ApiLine(this.clock, random);
    this.line.weather = weather;
    const later = (milliseconds: number, action: () => void): void => void time.after(milliseconds, action);
    this.api = new FaultyApi({ api, line: this.line, past, later });
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
    this.api.close();
  }
}
