import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { systemClock } from "../../../runtime/systemClock.ts";
import { FakeCore } from "../../fake-core/FakeCore.ts";
import { FakeNetwork } from "../../fake-core/FakeNetwork.ts";
import { eventually } from "../../runtime/eventually.ts";
import { freePort } from "../freePort.ts";
import { CoreRecorder } from "./CoreRecorder.ts";

describe("what stands between an agent and its Core", () => {
  const network = new FakeNetwork();
  const make = (name: string, address: string): FakeCore =>
    new FakeCore({ clock: systemClock, network, name, address, passphrase: "p" });
  const core = make("alpha", "10.0.0.1:11625");
  const other = make("beta", "10.0.0.2:11625");
  let recorder: CoreRecorder;
  let url: string;
  const ask = async (path: string): Promise<Response> => fetch(url + path);

  before(async () => {
    await core.start();
    await other.start();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    recorder = new CoreRecorder(port, core.port);
    await recorder.open();
  });
  after(async () => {
    await recorder.close();
    await core.stop();
    await other.stop();
  });

  it("hands through what Core says, status and type included", async () => {
    const answer = await ask("/peers");
    assert.equal(answer.headers.get("content-type"), "application/json");
    assert.equal(await answer.text(), await (await fetch(`${core.url}/peers`)).text());
    const unknown = await ask("/http-command?admin=true&command=nothing");
    assert.equal(unknown.status, 404);
  });

  it("keeps how Core was when it was asked for a config-reload", async () => {
    const answer = await ask("/http-command?admin=true&command=config-reload");
    assert.equal(answer.status, 404);
    const { target, state, authenticatedPeers } = recorder.requests.at(-1) ?? {};
    assert.equal(target, "/http-command?admin=true&command=config-reload");
    assert.deepEqual([state, authenticatedPeers], ["Synced!", 0]);
  });

  it("complains of a connection that stood already when the agent last looked, and of no other", async () => {
    await ask("/peers");
    await ask("/connect?peer=10.0.0.2&port=11625");
    assert.equal(recorder.requests.at(-1)?.complaint, undefined);
    await eventually("it is connected", 5_000, async () =>
      (await (await ask("/peers")).text()).includes("10.0.0.2:11625"),
    );
    await ask("/connect?peer=10.0.0.2&port=11625");
    assert.equal(recorder.requests.at(-1)?.complaint, `"10.0.0.2:11625" was connected`);
  });

  it("breaks off when Core is away, and listens no more once it is closed", async () => {
    await core.stop();
    await assert.rejects(ask("/info"));
    await recorder.close();
    await assert.rejects(
      ask("/info"),
      ({ cause }: Error) => (cause as { code?: string }).code === "ECONNREFUSED",
    );
  });
});
