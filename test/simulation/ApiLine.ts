import { ApiError } from "../../kube/ApiError.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { fairWeather } from "./fairWeather.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { Weather } from "./Weather.ts";

/** Errors with which a server answers, having done nothing. */
const answers = [
  [500, "InternalError"],
  [503, "ServiceUnavailable"],
  [429, "TooManyRequests"],
  [504, "Timeout"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "NotFound"],
  [408, "Timeout"],
  [409, "Conflict"],
  [410, "Expired"],
  [502, "BadGateway"],
] as const;

/** The way between one process and the API server, as calls and watches of one kind of object find it. */
export class ApiLine {
  weather: Weather = fairWeather;
  readonly #clock: Clock;
  readonly #random: SeededRandom;

  constructor(clock: Clock, random: SeededRandom) {
    this.#clock = clock;
    this.#random = random;
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** The weather that this kind of object meets. */
  weatherFor(kind: string): Weather {
    const { only = kind } = this.weather;
    return only === kind ? this.weather : fairWeather;
  }

  chance(probability: number): boolean {
    return this.#random.chance(probability);
  }

  integer(low: number, high: number): number {
    return this.#random.integer(low, high);
  }

  /** True when nothing more is heard of what is under way. */
  hangs(kind: string): boolean {
    const { hangs, partition } = this.weatherFor(kind);
    return partition === "hung" || this.#random.chance(hangs);
  }

  /** An answer of the server's. */
  error(): ApiError {
    const [status, reason] = this.#random.pick(answers);
    const retryAfter = status === 429 ? { retryAfter: 1000 * this.#random.integer(1, 5) } : {};
    return new ApiError({ status, reason, message: "simulated", ...retryAfter });
  }

  broken(): ApiError {
    return new ApiError({ status: 0, reason: "ConnectionFailed", message: "simulated" });
  }

  /** Nothing comes, until the caller has had enough. */
  async hang(milliseconds: number, signal: AbortSignal): Promise<never> {
    await this.#clock.sleep(Math.max(0, milliseconds), signal);
    throw new ApiError({ status: 0, reason: "Timeout", message: "simulated" });
  }

  async travel(kind: string, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(this.#random.integer(1, this.weatherFor(kind).latency), signal);
  }

  /** Events of one watch come one after the other: short ways, so that delays do not add up to minutes. */
  async follow(kind: string, signal: AbortSignal): Promise<void> {
    const { latency } = this.weatherFor(kind);
    await this.#clock.sleep(this.#random.integer(1, Math.min(1000, latency)), signal);
  }
}
