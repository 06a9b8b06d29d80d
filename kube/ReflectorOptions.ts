import type { Clock } from "../runtime/Clock.ts";
import type { Heartbeat } from "../runtime/Heartbeat.ts";
import type { Random } from "../runtime/Random.ts";
import type { ApiError } from "./ApiError.ts";
import type { Collection } from "./Collection.ts";
import type { KubeApi } from "./KubeApi.ts";

export interface ReflectorOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly collection: Collection;
  readonly metadataOnly?: boolean;
  /** Milliseconds, 5,000 or more: the oldest the content may be while all is well. Watches last as long. */
  readonly maxAge: number;
  /**
   * Where something other than the watch's end shows whether the content still holds: milliseconds for which the next
   * watch may last, asked when it is opened. `age()` then grows with it.
   */
  readonly term?: () => number;
  /** Where something always happens: milliseconds without an event after which a watch is opened anew, no failure. */
  readonly pulse?: number;
  /** For a collection so small that a list costs no more than a watch: after each failure it is listed again. */
  readonly small?: boolean;
  /**
   * After one or many changes, and once when first synced. `before`: milliseconds since what was there until now was
   * last proven; infinite at first.
   */
  readonly onChange: (before: number) => void;
  /** Once, at the first failure after things went well. */
  readonly onFailure?: (error: ApiError) => void;
  /** Once, when a watch has ended in good order after a failure: 5 s after it was opened. */
  readonly onRecovery?: () => void;
  /** Beaten at least every maxAge and a list's deadline, while the API is away too. */
  readonly heartbeat?: Heartbeat;
}
