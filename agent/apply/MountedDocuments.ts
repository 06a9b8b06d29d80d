import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { DirectoryAccess } from "./DirectoryAccess.ts";
import type { IncomingDocument, IncomingStatus } from "./DocumentView.ts";
import { fileSystemAccess } from "./fileSystemAccess.ts";
import { IncomingContent } from "./IncomingContent.ts";

export interface MountedDocumentsOptions {
  readonly directory: string;
  /** The file system unless told otherwise. */
  readonly access?: DirectoryAccess;
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
 * The documents of the mounted directory. One watcher on the directory, whose events only mean "read again";
 * the content says whether anything changed. On anything wrong the last good document stays.
 */
export class MountedDocuments {
  readonly #options: MountedDocumentsOptions;
  readonly #access: DirectoryAccess;
  readonly #content: IncomingContent;
  readonly #changed = new Notifier();
  #failure: string | undefined;

  constructor(options: MountedDocumentsOptions) {
    this.#options = options;
    this.#access = options.access ?? fileSystemAccess;
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
      const files = await this.#access.read(this.#options.directory);
      this.#readable();
      if (files && this.#content.take(files)) this.#options.onChange();
    } catch (error) {
      this.#fail(error, "the mounted directory can't be read");
    }
  }

  #watch(): ReturnType<DirectoryAccess["watch"]> {
    return this.#access.watch(
      this.#options.directory,
      () => this.#changed.notify(),
      (error) => this.#fail(error, "the mounted directory can't be watched, and is read on a timer"),
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
    this.#options.metrics.documentRefused("file", "unreadable");
  }

  #readable(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#options.metrics.documentRefused("file", this.#content.status().refusal?.reason);
  }
}
