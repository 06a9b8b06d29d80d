import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { WatchEvent } from "../../../kube/WatchEvent.ts";

/** What events say of objects, as `ADDED name`. */
export function changes(events: readonly WatchEvent<KubeObject>[]): string[] {
  return events.flatMap((event) =>
    event.type === "BOOKMARK" || event.type === "ENDED"
      ? []
      : [`${event.type} ${event.object.metadata.name ?? ""}`],
  );
}
