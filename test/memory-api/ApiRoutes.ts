import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ApiAnswer } from "./ApiAnswer.ts";
import type { ApiRequest } from "./ApiRequest.ts";
import { discoveryDocument } from "./discoveryDocument.ts";
import type { MemoryApi } from "./MemoryApi.ts";
import { parseFieldSelector } from "./parseFieldSelector.ts";
import { parseLabelSelector } from "./parseLabelSelector.ts";
import { parseResourcePath } from "./parseResourcePath.ts";
import type { PodProxy } from "./PodProxy.ts";
import { refusals } from "./refusals.ts";
import type { ResourcePath } from "./ResourcePath.ts";
import { shownDocument } from "./shownDocument.ts";
import { watchLines } from "./watchLines.ts";
import { writeObject } from "./writeObject.ts";

const version = {
  major: "1",
  minor: "37",
  gitVersion: "v1.37.0-memory",
  gitCommit: "",
  gitTreeState: "clean",
  buildDate: "2026-01-01T00:00:00Z",
  goVersion: "none",
  compiler: "none",
  platform: "memory/node",
};
const podProxyPath =
  /^\/api\/v1\/namespaces\/(?<namespace>[^/]+)\/pods\/(?<name>[^/:%]+)(?::|%3A)(?<port>\d+)\/proxy(?<rest>\/.*)$/;
/** Seconds that a watch lasts whose client does not say how long. */
const usualTimeout = 1800;

/** What the API server answers to whom it knows. */
export class ApiRoutes {
  readonly #api: MemoryApi;
  readonly #proxyPod: PodProxy | undefined;

  constructor(api: MemoryApi, proxyPod?: PodProxy) {
    this.#api = api;
    this.#proxyPod = proxyPod;
  }

  /** Rejects with the server's refusal. */
  async answer(request: ApiRequest): Promise<ApiAnswer> {
    const { pathname } = request.url;
    if (pathname === "/version") return { status: 200, document: version };
    if (["/readyz", "/livez", "/healthz"].includes(pathname)) return { status: 200, document: "ok" };
    const discovery = discoveryDocument(pathname);
    if (discovery !== undefined) return { status: 200, document: discovery };
    const proxied = podProxyPath.exec(pathname)?.groups;
    if (proxied && this.#proxyPod && request.method === "GET")
      return this.#proxy(proxied, this.#proxyPod, request);
    const path = parseResourcePath(pathname);
    if (!path) throw refusals.notServed();
    if (request.method !== "GET") return writeObject(this.#api, path, request);
    return path.name === undefined ? this.#collection(path, request) : this.#object(path, request);
  }

  async #proxy(
    { namespace = "", name = "", port = "", rest = "/" }: Readonly<Record<string, string>>,
    proxyPod: PodProxy,
    request: ApiRequest,
  ): Promise<ApiAnswer> {
    await this.#api.get<KubeObject>({ apiVersion: "v1", kind: "Pod", namespace, name }, request);
    return proxyPod({ namespace, name, port: Number(port) }, `${rest}${request.url.search}`, request.signal);
  }

  async #object(
    { type, namespace, name = "", subresource }: ResourcePath,
    request: ApiRequest,
  ): Promise<ApiAnswer> {
    if (subresource !== undefined && !(subresource === "status" && type.hasStatus))
      throw refusals.notServed();
    const { apiVersion, kind } = type;
    const reference = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    const object = await this.#api.get<KubeObject>(reference, request);
    return { status: 200, document: shownDocument(object, request.headers["accept"]) };
  }

  async #collection({ type, namespace }: ResourcePath, request: ApiRequest): Promise<ApiAnswer> {
    const query = request.url.searchParams;
    const { apiVersion, kind } = type;
    const labelSelector = query.get("labelSelector") ?? "";
    const { name, fits } = parseFieldSelector(query.get("fieldSelector") ?? "");
    const collection = {
      apiVersion,
      kind,
      labelSelector,
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
    };
    const resourceVersion = query.get("resourceVersion") ?? "";
    const show = (object: KubeObject): unknown => shownDocument(object, request.headers["accept"]);
    if (!["true", "1"].includes(query.get("watch") ?? "")) {
      const list = await this.#api.list(collection, { signal: request.signal, resourceVersion });
      const metadata = { resourceVersion: list.resourceVersion };
      const items = list.items.filter(fits).map(show);
      return { status: 200, document: { apiVersion, kind: `${kind}List`, metadata, items } };
    }
    if (query.has("sendInitialEvents"))
      throw refusals.invalid(
        "ListOptions",
        "",
        "sendInitialEvents is forbidden for watch: not supported here",
      );
    // Throws before anything of the answer has been sent.
    parseLabelSelector(labelSelector);
    const lines = watchLines(this.#api, {
      collection,
      resourceVersion,
      timeoutSeconds: Number(query.get("timeoutSeconds") ?? usualTimeout),
      bookmarks: query.get("allowWatchBookmarks") === "true",
      fits,
      show,
      signal: request.signal,
    });
    return { status: 200, lines };
  }
}
