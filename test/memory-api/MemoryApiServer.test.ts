import assert from "node:assert/strict";
import { get, type RequestOptions } from "node:https";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { kubeApiConformance } from "../kube/kubeApiConformance.ts";
import { MemoryApi } from "./MemoryApi.ts";
import { openNamespace } from "./openNamespace.ts";
import { MemoryApiServer } from "./MemoryApiServer.ts";
import { adminConnection } from "./adminConnection.ts";

kubeApiConformance("HttpKubeApi on a MemoryApiServer", async () => {
  const memory = new MemoryApi({ clock: systemClock });
  await openNamespace(memory, "suite");
  const server = await MemoryApiServer.start({ api: memory });
  const api = new HttpKubeApi({ clock: systemClock, connection: adminConnection(server) });
  return {
    api,
    namespace: "suite",
    expire: async () => memory.expire(),
    close: async () => {
      api.close();
      await server.close();
    },
  };
});

const call = { signal: AbortSignal.timeout(30_000) };

describe("MemoryApiServer", async () => {
  const api = new MemoryApi({ clock: systemClock });
  await openNamespace(api, "here");
  const server = await MemoryApiServer.start({ api });
  const { headers } = await adminConnection(server).credentials();
  after(async () => server.close());

  /** By HTTP/1.1, which is all that Node's https speaks. */
  const ask = async (path: string, options: RequestOptions = { headers }) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
    const outgoing = get(`${server.url}${path}`, { ca: server.ca, agent: false, ...options }, (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body }), reject);
    });
    outgoing.on("error", reject);
    return promise;
  };
  const json = async (path: string) => JSON.parse((await ask(path)).body) as Record<string, unknown>;

  test("knows its administrator and the service accounts that it gave tokens, and nobody else", async () => {
    const { token } = await api.createToken({ namespace: "here", name: "default" }, {}, call);
    const as = async (authorization?: string) => {
      const { status } = await ask("/api/v1/pods", authorization ? { headers: { authorization } } : {});
      return status;
    };
    assert.deepEqual(
      [await as(headers["authorization"]), await as(`Bearer ${token}`), await as("Bearer none"), await as()],
      [200, 200, 401, 401],
    );
  });

  test("speaks HTTP/1.1, and streams watches over it", async () => {
    const { body } = await ask("/api/v1/namespaces?watch=true&timeoutSeconds=0");
    const events = body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly type: string });
    assert.ok(events.length >= 5);
    assert.ok(events.every(({ type }) => type === "ADDED"));
  });

  test("tells what it serves", async () => {
    assert.equal((await ask("/readyz")).body, "ok");
    assert.equal((await json("/version"))["minor"], "37");
    assert.deepEqual((await json("/api"))["versions"], ["v1"]);
    const { groups } = (await json("/apis")) as { readonly groups: readonly { readonly name: string }[] };
    assert.ok(groups.some(({ name }) => name === "stellar.org"));
    for (const path of ["/api/v1", "/apis/stellar.org/v1alpha1", "/apis/apps/v1"])
      assert.equal((await json(path))["kind"], "APIResourceList");
    assert.equal((await ask("/apis/none/v1")).status, 404);
    assert.equal((await ask("/api/v1/unknowns")).status, 404);
  });

  test("selects by fields, and answers with a Status where it refuses", async () => {
    const list = await json("/api/v1/namespaces?fieldSelector=metadata.name%3Dhere");
    assert.deepEqual((list["items"] as readonly unknown[]).length, 1);
    const status = await json("/api/v1/namespaces/nowhere");
    assert.deepEqual([status["kind"], status["code"], status["reason"]], ["Status", 404, "NotFound"]);
    assert.equal((await ask("/api/v1/pods?labelSelector=a%20b")).status, 400);
    assert.equal((await ask("/api/v1/pods?watch=true&labelSelector=a%20b")).status, 400);
  });

  test("asks the HTTP server of a pod that is there, where it is told how, and no other", async () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace: "here", name: "asked" } };
    await api.create({ ...pod, spec: { containers: [{ name: "core", image: "core" }] } }, call);
    const proxying = await MemoryApiServer.start({
      api,
      proxyPod: async (asked, path) => ({ status: 200, document: { ...asked, path } }),
    });
    const { headers: admin } = await adminConnection(proxying).credentials();
    const { promise, resolve } = Promise.withResolvers<string>();
    const path = "/api/v1/namespaces/here/pods/asked:11627/proxy/status?a=b";
    const options = { ca: proxying.ca, agent: false, headers: admin };
    get(`${proxying.url}${path}`, options, (incoming) => void text(incoming).then(resolve));
    assert.deepEqual(JSON.parse(await promise), {
      namespace: "here",
      name: "asked",
      port: 11627,
      path: "/status?a=b",
    });
    await proxying.close();
    assert.equal((await ask(path)).status, 404, "it was not told how");
  });
});
