import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { IncomingDocument, IncomingStatus } from "./DocumentView.ts";
import { IncomingContent } from "./IncomingContent.ts";
import { readMountedFiles } from "./readMountedFiles.ts";

export interface MountedDocumentsOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ApplyMetrics;
  /** After a new good document. */
  readonly onChange: () => void;
  readonly heartbeat?: Heartbeat;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

/** Milliseconds between two readings when no event came: inotify loses events when its queue is full. */
const rereadInterval = 15_000;

/**
 * The documents of the mounted directory. One chokidar watcher on the directory, whose events only mean "read again";
 * the content says whether anything changed. On anything wrong the last good document stays.
 */
export class MountedDocuments {
  readonly #options: MountedDocumentsOptions;
  readonly #content: IncomingContent;
  readonly #changed = new Notifier();
  #failure: string | undefined;

  constructor(options: MountedDocumentsOptions) {
    this.#options = options;
    this.#content = new IncomingContent({ ...options, source: "file" });
  }

  current(): IncomingDocument | undefined {
    return this.#content.current();
  }

  status(): IncomingStatus {
    const status = this.#content.status();
    return this.#failure === undefined
      ? status
      : { ...status, refusal: { reason: "unreadable", detail: this.#failure } };
  }

  /** Runs until the signal aborts; rejects with its reason, the watcher closed. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, heartbeat } = this.#options;
    const watcher = this.#watch();
    try {
      for (;;) {
        heartbeat?.beat();
        await this.#read();
        await this.#changed.wait(clock, rereadInterval, signal);
      }
    } finally {
      await watcher.close();
    }
  }

  async #read(): Promise<void> {
    try {
      const files = await readMountedFiles(this.#options.directory);
      this.#failure = undefined;
      if (files && this.#content.take(files)) this.#options.onChange();
    } catch (error) {
      this.#fail(error, "the mounted directory can't be read");
    }
  }

  #watch(): FSWatcher {
    const look = (): void => this.#changed.notify();
    // Atomic writes are the kubelet's business: chokidar's own handling of them would hold events back for 100 ms.
    const options = {
      depth: 0,
      followSymlinks: false,
      ignoreInitial: true,
      atomic: false,
      persistent: false,
    };
    return watch(this.#options.directory, options)
      .on("all", look)
      .on("raw", look)
      .on("ready", look)
      .on("error", (error) =>
        this.#fail(error, "the mounted directory can't be watched, and is read on a timer"),
      );
  }

  #fail(error: unknown, message: string): void {
    const detail = error instanceof Error ? error.message : String(error);
    if (detail === this.#failure) return;
    this.#failure = detail;
    this.#options.log.warn(
      { event: "document.rejected", source: "file", err: error },
      `${message}: ${detail}`,
    );
    this.#options.metrics.documentRejected("file", "unreadable");
  }
}
