/** What a run is told by its environment. */
export interface ClusterSettings {
  /** Loads one image, whose name is appended, into the cluster's nodes. */
  readonly load: readonly string[];
  /** Builds an image; `-f FILE -t NAME FOLDER` is appended. */
  readonly build: readonly string[];
  /** Of the validators, in the place of the fake Core. */
  readonly coreImage: string | undefined;
}
