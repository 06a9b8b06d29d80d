/** Names of one kind that the code knows, and where the documentation lists them. */
export interface Catalog {
  /** Title of the section with their table; the names stand in backticks in its first column. */
  readonly section: string;
  readonly entries: readonly CatalogEntry[];
}

export interface CatalogEntry {
  readonly name: string;
  /** What its row must hold in backticks besides, such as its default. */
  readonly value?: string;
}
