import type { ObjectStore } from "./ObjectStore.ts";
import { refusals } from "./refusals.ts";

/** Throws the server's 400 or 504 for a version that it has not come to yet. `""` and `"0"` ask for none. */
export function assertKnownVersion(resourceVersion: string, store: ObjectStore): void {
  if (!/^[0-9]*$/.test(resourceVersion))
    throw refusals.badRequest(`invalid resource version ${resourceVersion}`);
  if (Number(resourceVersion) > store.version) throw refusals.tooLargeVersion(resourceVersion, store.version);
}
