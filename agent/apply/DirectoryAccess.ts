import type { MountedFiles } from "./readMountedFiles.ts";

/** How the mounted directory is read and watched. */
export interface DirectoryAccess {
  /** The set that is mounted now; undefined when there is none. Rejects with the file system's errors. */
  read(directory: string): Promise<MountedFiles | undefined>;
  /** Calls back when something may have changed, until closed. */
  watch(
    directory: string,
    onEvent: () => void,
    onError: (error: unknown) => void,
  ): { close(): Promise<void> };
}
