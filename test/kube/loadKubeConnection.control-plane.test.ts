import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { ApiError } from "../../kube/ApiError.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { FaultyProxy } from "./http/FaultyProxy.ts";

const control = await useControlPlane(import.meta.url);
const system = { apiVersion: "v1", kind: "Namespace", name: "kube-system" };

describe("a pod's account", { skip: control.skip, timeout: 60_000 }, () => {
  const clock = new VirtualClock();
  const signal = AbortSignal.timeout(60_000);
  let proxy: FaultyProxy;
  let directory: string;
  let api: HttpKubeApi;

  const mount = async (file: "token" | "ca.crt", text: string): Promise<void> =>
    writeFile(join(directory, file), text);
  /** Of one call: its status, 200 when it worked. */
  const call = async (): Promise<number> => {
    try {
      await api.get(system, { signal });
      return 200;
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      return error.status;
    }
  };
  /** A real token of another account, which the server knows and gives no rights. */
  const otherToken = async (): Promise<string> =>
    (await control.kubectl(["create", "token", "default", "-n", await control.namespace("other")])).trim();

  beforeEach(async () => {
    proxy = await FaultyProxy.open(control);
    directory = await mkdtemp(join(tmpdir(), "account-"));
    await mount("token", control.token);
    await mount("ca.crt", proxy.ca);
    const settings = {
      serviceHost: "127.0.0.1",
      servicePort: String(proxy.port),
      accountDirectory: directory,
    };
    api = new HttpKubeApi({ connection: loadKubeConnection({ ...settings, clock }), clock });
  });

  afterEach(async () => {
    api.close();
    await proxy.close();
    await rm(directory, { recursive: true });
  });

  it("whose token the server refuses has the new one in the next call", async () => {
    await mount("token", "expired");
    assert.equal(await call(), 401);
    assert.equal(await call(), 401);
    await mount("token", control.token);
    assert.equal(await call(), 200);
    assert.equal(proxy.handshakes, 1);
  });

  it("whose token rotates is followed within a minute, over the same connection", async () => {
    assert.equal(await call(), 200);
    const rotated = await otherToken();
    await mount("token", rotated);
    await clock.advance(59_000);
    assert.equal(await call(), 403);
    assert.equal(proxy.requests.at(-1)?.authorization, `Bearer ${rotated}`);
    assert.equal(proxy.handshakes, 1);
  });

  it("whose authority changes trusts the new one within a minute, and no server before that", async () => {
    assert.equal(await call(), 200);
    await proxy.renewAuthority();
    proxy.cut();
    assert.equal(await call(), 0);
    assert.equal(await call(), 0);
    await mount("ca.crt", proxy.ca);
    await clock.advance(59_000);
    assert.equal(await call(), 200);
  });

  it("that gets a bundle of both authorities goes on through the change", async () => {
    const old = proxy.ca;
    await proxy.renewAuthority();
    await mount("ca.crt", `${old}\n${proxy.ca}`);
    await clock.advance(59_000);
    assert.equal(await call(), 200);
  });
});
