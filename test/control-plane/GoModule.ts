export interface GoModule {
  /** Folder in `modules/`, whose go.mod and go.sum pin what is built. */
  readonly directory: string;
  readonly binaries: readonly { readonly name: string; readonly package: string }[];
  /** Seconds that the first build took on two cores, downloads included: what a person is told to expect. */
  readonly expected: number;
}
