import { compareRevisions } from "../../contract/compareRevisions.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import type { Revision } from "../../contract/Revision.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import { chooseDocument } from "./chooseDocument.ts";
import type { DocumentsStatus, DocumentView, SourcedDocument } from "./DocumentView.ts";
import type { MountedDocuments } from "./MountedDocuments.ts";
import type { PublishedDocuments } from "./PublishedDocuments.ts";

export interface DocumentChoiceOptions {
  readonly published: Pick<PublishedDocuments, "current" | "age" | "status">;
  readonly mounted: Pick<MountedDocuments, "current" | "status">;
  readonly clock: Clock;
  readonly log: Log;
}

/** The two ways in, as one: says when another way begins to count. */
export class DocumentChoice implements DocumentView {
  readonly #options: DocumentChoiceOptions;
  #previous: SourcedDocument | undefined;

  constructor(options: DocumentChoiceOptions) {
    this.#options = options;
  }

  current(): SourcedDocument | undefined {
    const { published, mounted, clock } = this.#options;
    const chosen = chooseDocument({
      published: published.current(),
      publishedAge: published.age(),
      publishedRefused: published.status().refusal !== undefined,
      mounted: mounted.current(),
      previous: this.#previous,
      now: clock.monotonic(),
    });
    if (chosen && chosen.source !== this.#previous?.source) this.#report(chosen);
    this.#previous = chosen;
    return chosen;
  }

  /** The highest revision among the documents that are held, whichever counts. */
  newest(): Revision | undefined {
    const { published, mounted } = this.#options;
    const held = [published.current(), mounted.current(), this.#previous];
    const revisions = held.flatMap((each) => (each ? [each.document.revision] : []));
    return revisions.toSorted(compareRevisions).at(-1);
  }

  status(): DocumentsStatus {
    const { published, mounted } = this.#options;
    return {
      source: this.#previous?.source,
      behind: this.#behind(),
      api: published.status(),
      file: mounted.status(),
    };
  }

  /** How far the way that does not count is behind the other. */
  #behind(): number {
    const { published, mounted, clock } = this.#options;
    if (!this.#previous) return 0;
    const { source, document, receivedAt } = this.#previous;
    const other = (source === "api" ? mounted : published).current()?.document;
    const same =
      other?.hash === document.hash && formatRevision(other.revision) === formatRevision(document.revision);
    return same ? 0 : clock.monotonic() - receivedAt;
  }

  #report({ source, document }: SourcedDocument): void {
    this.#options.log.info(
      { event: "document.source", source, revision: formatRevision(document.revision) },
      source === "api"
        ? "the ConfigMap's document counts"
        : "the mounted file's document counts, as the API is silent",
    );
  }
}
