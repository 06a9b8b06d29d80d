/** A Markdown file, as far as its links, headings, tables and command blocks go. */
export interface MarkdownDocument {
  /** From the project's root, with `/`. */
  readonly path: string;
  /** Targets of its links, as written; those in code are none. */
  readonly links: readonly string[];
  readonly sections: readonly MarkdownSection[];
}

/** A heading and what stands below it, up to the next heading of whatever level. */
export interface MarkdownSection {
  readonly title: string;
  /** What a link to it carries after `#`. */
  readonly anchor: string;
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** What stands in backticks in the first cell. */
  readonly names: readonly string[];
  /** The whole line. */
  readonly text: string;
}
