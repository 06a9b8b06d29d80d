import { parse } from "yaml";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WriteOptions } from "../../kube/KubeApi.ts";
import type { Patch } from "../../kube/Patch.ts";
import { patchContentTypes } from "../../kube/patchContentTypes.ts";
import type { ApiAnswer } from "./ApiAnswer.ts";
import type { ApiRequest } from "./ApiRequest.ts";
import { findResourceType } from "./findResourceType.ts";
import type { JsonObject } from "./JsonObject.ts";
import { isJsonObject } from "./isJsonObject.ts";
import type { MemoryApi } from "./MemoryApi.ts";
import { patchObject } from "./patchObject.ts";
import { refusals } from "./refusals.ts";
import type { ResourcePath } from "./ResourcePath.ts";

interface Named extends ResourcePath {
  readonly name: string;
}

/** What the server does at a POST, PUT, PATCH or DELETE. Rejects with its refusal. */
export async function writeObject(
  api: MemoryApi,
  path: ResourcePath,
  request: ApiRequest,
): Promise<ApiAnswer> {
  const { name, subresource } = path;
  if (name === undefined) {
    if (request.method !== "POST") throw refusals.methodNotAllowed();
    return { status: 201, document: await api.create(sentObject(path, request), optionsOf(request)) };
  }
  const named = { ...path, name };
  if (subresource === "status") return { status: 200, document: await writeStatus(api, named, request) };
  if (subresource !== undefined) return postSubresource(api, named, request);
  switch (request.method) {
    case "PUT":
      return { status: 200, document: await api.update(sentObject(path, request), optionsOf(request)) };
    case "PATCH":
      return {
        status: 200,
        document: await api.patch(referenceTo(named), sentPatch(request), optionsOf(request)),
      };
    case "DELETE":
      return deleteObject(api, named, request);
    default:
      throw refusals.methodNotAllowed();
  }
}

function referenceTo({ type: { apiVersion, kind }, namespace, name }: Named) {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

function optionsOf({ url, headers, signal }: ApiRequest): WriteOptions {
  const agent = headers["user-agent"];
  const fieldManager = url.searchParams.get("fieldManager") ?? String(agent ?? "unknown").split("/")[0];
  return { signal, dryRun: url.searchParams.get("dryRun") === "All", ...(fieldManager && { fieldManager }) };
}

function parseBody(text: string): unknown {
  try {
    // JSON is YAML; `kubectl apply --server-side` sends either.
    return text.startsWith("{") || text.startsWith("[") ? (JSON.parse(text) as unknown) : parse(text);
  } catch (error) {
    throw refusals.badRequest(
      `the body can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function sentObject({ type, namespace, name }: ResourcePath, request: ApiRequest): KubeObject {
  const contentType = String(request.headers["content-type"] ?? "");
  if (contentType.includes("protobuf"))
    throw refusals.unsupportedMediaType(`the body is ${contentType}; only JSON and YAML are read here`);
  const sent = parseBody(request.body);
  if (!isJsonObject(sent)) throw refusals.badRequest("the body is no object");
  const { apiVersion, kind } = type;
  const metadata = isJsonObject(sent["metadata"]) ? sent["metadata"] : {};
  const expected = { apiVersion, kind, namespace, name };
  const found = {
    apiVersion: sent["apiVersion"],
    kind: sent["kind"],
    namespace: metadata["namespace"],
    name: metadata["name"],
  };
  for (const field of ["apiVersion", "kind", "namespace", "name"] as const)
    if (found[field] !== undefined && expected[field] !== undefined && found[field] !== expected[field])
      throw refusals.badRequest(`the ${field} in the object does not match that of the request`);
  const address = { ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) };
  return { ...sent, apiVersion, kind, metadata: { ...metadata, ...address } };
}

function sentPatch({ headers, url, body }: ApiRequest): Patch {
  const contentType = String(headers["content-type"] ?? "").split(";")[0];
  const type = (Object.keys(patchContentTypes) as Patch["type"][]).find(
    (candidate) => patchContentTypes[candidate] === contentType,
  );
  const sent = parseBody(body);
  if (type === undefined) throw refusals.unsupportedMediaType(`no patch has the content type ${contentType}`);
  if (type === "json") {
    if (!Array.isArray(sent)) throw refusals.badRequest("a JSON patch is a list");
    return { type, body: sent as readonly unknown[] };
  }
  if (type !== "apply") return { type, body: sent };
  const fieldManager = url.searchParams.get("fieldManager");
  if (!fieldManager) throw refusals.badRequest("fieldManager: Required value: is required for apply patch");
  return { type, body: sent, fieldManager, force: url.searchParams.get("force") === "true" };
}

async function writeStatus(api: MemoryApi, path: Named, request: ApiRequest): Promise<KubeObject> {
  const reference = referenceTo(path);
  const stored = await api.get<KubeObject>(reference, request);
  const patch = request.method === "PATCH" ? sentPatch(request) : undefined;
  if (patch?.type === "apply" || !["PUT", "PATCH"].includes(request.method))
    throw refusals.methodNotAllowed();
  const written = patch
    ? patchObject(path.type, stored as unknown as JsonObject, patch)
    : (sentObject(path, request) as unknown as JsonObject);
  return api.setStatus(reference, written["status"], optionsOf(request));
}

async function postSubresource(api: MemoryApi, path: Named, request: ApiRequest): Promise<ApiAnswer> {
  const { type, namespace = "", name, subresource } = path;
  const pods = findResourceType({ apiVersion: "v1", kind: "Pod" });
  const accounts = findResourceType({ apiVersion: "v1", kind: "ServiceAccount" });
  if (request.method !== "POST") throw refusals.methodNotAllowed();
  if (type === pods && subresource === "eviction") {
    await api.evict({ namespace, name }, optionsOf(request));
    return { status: 201, document: success };
  }
  if (type !== accounts || subresource !== "token") throw refusals.notServed();
  const { spec = {} } = parseBody(request.body) as { readonly spec?: TokenSpec };
  const { boundObjectRef, ...rest } = spec;
  const boundPod = boundObjectRef && { boundPod: boundObjectRef };
  const status = await api.createToken({ namespace, name }, { ...rest, ...boundPod }, request);
  return {
    status: 201,
    document: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec, status },
  };
}

interface TokenSpec {
  readonly expirationSeconds?: number;
  readonly boundObjectRef?: { readonly name: string; readonly uid: string };
}

const success = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };

async function deleteObject(api: MemoryApi, path: Named, request: ApiRequest): Promise<ApiAnswer> {
  const sent = (request.body === "" ? {} : parseBody(request.body)) as {
    readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
    readonly gracePeriodSeconds?: number;
  };
  const asked = request.url.searchParams.get("gracePeriodSeconds");
  const gracePeriodSeconds = sent.gracePeriodSeconds ?? (asked === null ? undefined : Number(asked));
  const reference = referenceTo(path);
  await api.delete(reference, {
    signal: request.signal,
    ...sent.preconditions,
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
  });
  const details = { name: path.name, kind: path.type.plural };
  return { status: 200, document: { ...success, details } };
}
