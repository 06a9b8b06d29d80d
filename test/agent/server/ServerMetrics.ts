import { callServer } from "../../control-plane/callServer.ts";

/** What an API server has counted for one resource since it started. */
export interface ServerCount {
  readonly requests: number;
  /** Of bodies: answers, and the events of watches. */
  readonly bytes: number;
}

const nothing: ServerCount = { requests: 0, bytes: 0 };
const sample = /^(\w+)\{([^}]*)\} (\S+)$/;
/** Watch events are counted by resource in newer servers, by kind in older ones. */
const kinds: Readonly<Record<string, string>> = {
  StellarNode: "stellarnodes",
  EndpointSlice: "endpointslices",
  Lease: "leases",
  ConfigMap: "configmaps",
  Event: "events",
};

/** A kube-apiserver's own word on its load: its /metrics, by resource. A watch counts as a request when it has ended. */
export async function readServerMetrics(server: {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
}): Promise<ReadonlyMap<string, ServerCount>> {
  const { text } = await callServer({ ...server, method: "GET", path: "/metrics" });
  const counts = new Map<string, ServerCount>();
  for (const line of text.split("\n")) {
    const [, name = "", labels = "", value = ""] = sample.exec(line) ?? [];
    const of = (label: string): string => new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels)?.[1] ?? "";
    const resource = of("resource") || (kinds[of("kind")] ?? "");
    const { requests, bytes } = counts.get(resource) ?? nothing;
    if (name === "apiserver_request_total")
      counts.set(resource, { requests: requests + Number(value), bytes });
    // What a watch sent is in both, in one as it goes, in the other when it has ended.
    const answered = name === "apiserver_response_sizes_sum" && of("verb") !== "WATCH";
    if (answered || name === "apiserver_watch_events_sizes_sum")
      counts.set(resource, { requests, bytes: bytes + Number(value) });
  }
  return counts;
}
