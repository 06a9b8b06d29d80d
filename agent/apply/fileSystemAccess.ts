import { watch } from "chokidar";
import type { DirectoryAccess } from "./DirectoryAccess.ts";
import { readMountedFiles } from "./readMountedFiles.ts";

/** The directory of the file system, by one chokidar watcher. */
export const fileSystemAccess: DirectoryAccess = {
  read: readMountedFiles,
  watch: (directory, onEvent, onError) => {
    // Atomic writes are the kubelet's business: chokidar's own handling of them would hold events back for 100 ms.
    const options = {
      depth: 0,
      followSymlinks: false,
      ignoreInitial: true,
      atomic: false,
      persistent: false,
    };
    return watch(directory, options)
      .on("all", onEvent)
      .on("raw", onEvent)
      .on("ready", onEvent)
      .on("error", onError);
  },
};
