import type { Clock } from "../runtime/Clock.ts";
import { ApiError } from "./ApiError.ts";
import { asKind } from "./asKind.ts";
import type { Collection } from "./Collection.ts";
import type {
  CallOptions,
  DeleteOptions,
  KubeApi,
  KubeList,
  ListOptions,
  ReadOptions,
  TokenRequest,
  WatchOptions,
  WriteOptions,
} from "./KubeApi.ts";
import type { KubeConnection } from "./KubeConnection.ts";
import { KubeHttp } from "./KubeHttp.ts";
import type { KubeObject } from "./KubeObject.ts";
import type { ObjectReference } from "./ObjectReference.ts";
import { partialMetadata } from "./partialMetadata.ts";
import type { Patch } from "./Patch.ts";
import { patchContentTypes } from "./patchContentTypes.ts";
import { resourcePath } from "./resourcePath.ts";
import { selectorQuery } from "./selectorQuery.ts";
import { watchCollection } from "./watchCollection.ts";
import type { WatchEvent } from "./WatchEvent.ts";

export interface HttpKubeApiOptions {
  readonly connection: KubeConnection;
  readonly clock: Clock;
}

interface ListAnswer {
  readonly metadata: { readonly resourceVersion: string };
  /** null from some servers when there are none. */
  readonly items: readonly unknown[] | null;
}

interface NamedInNamespace {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The real API server: JSON over one HTTP/2 connection. Kinds outside `resourceNames` throw UnknownKindError.
 * A refused token (401) is read anew for the next call, not within the one that was refused.
 */
export class HttpKubeApi implements KubeApi {
  readonly #http: KubeHttp;
  readonly #clock: Clock;

  constructor({ connection, clock }: HttpKubeApiOptions) {
    this.#http = new KubeHttp(connection, clock);
    this.#clock = clock;
  }

  async get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    const path = resourcePath(reference);
    const accept = options.metadataOnly ? { accept: partialMetadata.object } : {};
    return asKind(await this.#http.json({ method: "GET", path, ...accept }, options), reference) as T;
  }

  /** A collection of one name is read by `get` where there is no right to `list` it; its version is `""` then. */
  async list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    try {
      return await this.#listAll<T>(collection, options);
    } catch (error) {
      const { name } = collection;
      if (name === undefined || !(error instanceof ApiError) || error.status !== 403) throw error;
      return this.#listOne<T>({ ...collection, name }, options);
    }
  }

  watch<T extends KubeObject>(collection: Collection, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    return watchCollection<T>({ http: this.#http, clock: this.#clock }, collection, options);
  }

  async create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    const { apiVersion, kind, metadata } = object;
    const path = resourcePath({ apiVersion, kind, namespace: metadata.namespace });
    const request = { method: "POST", path, query: writeQuery(options), body: object } as const;
    return asKind(await this.#http.json(request, options), object) as T;
  }

  async update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    const { apiVersion, kind, metadata } = object;
    const path = resourcePath({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name });
    const request = { method: "PUT", path, query: writeQuery(options), body: object } as const;
    return asKind(await this.#http.json(request, options), object) as T;
  }

  async patch<T extends KubeObject>(
    reference: ObjectReference,
    patch: Patch,
    options: WriteOptions,
  ): Promise<T> {
    const apply = patch.type === "apply" ? { fieldManager: patch.fieldManager, force: patch.force } : {};
    const request = {
      method: "PATCH",
      path: resourcePath(reference),
      query: { ...writeQuery(options), ...apply },
      contentType: patchContentTypes[patch.type],
      body: patch.body,
    } as const;
    return asKind(await this.#http.json(request, options), reference) as T;
  }

  async delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    const { uid, resourceVersion, gracePeriodSeconds } = options;
    const preconditions = {
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    };
    const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions, ...grace };
    await this.#http.json({ method: "DELETE", path: resourcePath(reference), body }, options);
  }

  async evict(pod: NamedInNamespace, options: WriteOptions): Promise<void> {
    const path = resourcePath({ apiVersion: "v1", kind: "Pod", ...pod, subresource: "eviction" });
    const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: pod };
    await this.#http.json({ method: "POST", path, query: writeQuery(options), body }, options);
  }

  async createToken(
    serviceAccount: NamedInNamespace,
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    const { boundPod, ...spec } = request;
    const boundObjectRef = boundPod && { apiVersion: "v1", kind: "Pod", ...boundPod };
    const address = { apiVersion: "v1", kind: "ServiceAccount", ...serviceAccount, subresource: "token" };
    const body = {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { ...spec, ...(boundObjectRef && { boundObjectRef }) },
    };
    const answer = (await this.#http.json(
      { method: "POST", path: resourcePath(address), body },
      options,
    )) as { readonly status: { readonly token: string; readonly expirationTimestamp: string } };
    return answer.status;
  }

  /** `minor` of the API server's version: 37 for 1.37, also where it calls itself `37+`. */
  async minorVersion(options: CallOptions): Promise<number> {
    const answer = await this.#http.json({ method: "GET", path: "/version" }, options);
    const minor = Number.parseInt((answer as { readonly minor?: string }).minor ?? "", 10);
    if (Number.isNaN(minor))
      throw new ApiError({ status: 0, reason: "InvalidAnswer", message: "/version has no minor version" });
    return minor;
  }

  /** The proxy subresource of a pod: GET of a path of its own HTTP server, answered with JSON. */
  async proxyPod(
    { port, ...pod }: NamedInNamespace & { readonly port: number },
    path: string,
    options: CallOptions,
  ): Promise<unknown> {
    const address = { apiVersion: "v1", kind: "Pod", namespace: pod.namespace, name: `${pod.name}:${port}` };
    const proxy = resourcePath({ ...address, subresource: "proxy" });
    return this.#http.json({ method: "GET", path: `${proxy}${path}` }, options);
  }

  /** Ends the connection; calls under way fail, watches end. */
  close(): void {
    this.#http.close();
  }

  async #listAll<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    const { resourceVersion, metadataOnly = false } = options;
    const request = {
      method: "GET",
      path: resourcePath({ ...collection, name: undefined }),
      query: { ...selectorQuery(collection), resourceVersion },
      ...(metadataOnly && { accept: partialMetadata.list }),
    } as const;
    const answer = (await this.#http.json(request, options)) as ListAnswer;
    const items = (answer.items ?? []).map((item) => asKind(item, collection) as T);
    return { resourceVersion: answer.metadata.resourceVersion, items };
  }

  async #listOne<T extends KubeObject>(
    reference: ObjectReference,
    options: ReadOptions,
  ): Promise<KubeList<T>> {
    const { apiVersion, kind, name, namespace } = reference;
    const address = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    try {
      return { resourceVersion: "", items: [await this.get<T>(address, options)] };
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { resourceVersion: "", items: [] };
      throw error;
    }
  }
}

function writeQuery({ fieldManager, dryRun = false }: WriteOptions): Record<string, string | undefined> {
  return { fieldManager, dryRun: dryRun ? "All" : undefined };
}
