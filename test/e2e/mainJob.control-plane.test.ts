import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { annotations } from "../../contract/annotations.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { Report } from "../demo/Report.ts";
import { runSteps } from "../demo/steps.ts";
import { eventually } from "../runtime/eventually.ts";
import { FakeCores } from "./FakeCores.ts";
import { RealPlane } from "./RealPlane.ts";
import { Stage } from "./Stage.ts";
import type { StagedFakeCore } from "./StagedFakeCore.ts";

const control = await useControlPlane(import.meta.url, { alone: true });
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface AgentStatus {
  readonly identity: string;
  readonly leadership: { readonly role: string };
  readonly documents: { readonly file: { readonly refusal?: { readonly detail: string } } };
  readonly apply: { readonly peers: readonly unknown[]; readonly revision: { readonly applied?: string } };
}

describe("the main job on a real kube-apiserver", { skip: control.skip, timeout: 240_000 }, () => {
  let directory: string;
  let stage: Stage<StagedFakeCore>;
  const story: string[] = [];

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "main-job-"));
    const { url, ca, token, kubeconfig, helm, namespace, close } = control;
    await namespace("unlabelled");
    const plane = new RealPlane({
      url,
      ca,
      token,
      kubeconfig,
      helm,
      chart: folder("../../charts/stellar-peer-discovery"),
      // Other tests' namespaces are none of this installation's.
      values: [`namespaceSelector.test-run=${control.prefix}`],
      close,
    });
    stage = await Stage.open({
      plane,
      cores: new FakeCores(),
      namespace: `${control.prefix}-validators`,
      namespaceLabels: { "test-run": control.prefix },
      dist: folder("../../dist"),
      directory,
    });
  });

  after(async () => {
    await stage?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const status = async (pod: string): Promise<AgentStatus> =>
    (await stage.agent(pod).status()) as unknown as AgentStatus;

  it("holds in every step, from the label to the killed leader", async () => {
    const report = new Report((text) => story.push(text), false);
    await runSteps(stage, report, folder("../../examples"));
    const failed = report.results.filter(({ held }) => !held).map(({ step }) => step);
    assert.deepEqual(failed, [], story.join(""));
  });

  it("has its document written by an agent that the API server knows as the Lease's pod", async () => {
    const { metadata } = await stage.configMap();
    const holder = metadata.annotations?.[annotations.holder] ?? "";
    const agent = [...stage.kubelet.agents.values()].find(({ pod }) =>
      holder.endsWith(pod.metadata.uid ?? "?"),
    );
    assert.ok(agent, `${holder} is no pod here`);
    const managers = (metadata.managedFields ?? []) as {
      readonly manager?: string;
      readonly operation?: string;
    }[];
    assert.ok(
      managers.some(({ manager, operation }) => manager === "stellar-peer-agent" && operation === "Update"),
    );
  });

  it("refuses an agent's token everything that agents do not need", async () => {
    const account = `system:serviceaccount:${stage.namespace}:default`;
    const may = async (verb: string, group: string, resource: string, namespace: string, name?: string) => {
      const resourceAttributes = { verb, group, resource, namespace, name };
      const review = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        spec: { user: account, resourceAttributes },
      };
      const answer = await control.kubectl(["create", "-f", "-", "-o", "json"], JSON.stringify(review));
      return (JSON.parse(answer) as { readonly status: { readonly allowed: boolean } }).status.allowed;
    };
    assert.equal(await may("patch", "", "configmaps", "stellar-system", "stellar-peers"), true);
    assert.equal(
      await may("update", "coordination.k8s.io", "leases", "stellar-system", "stellar-peers"),
      true,
    );
    assert.equal(await may("get", "", "secrets", "stellar-system"), false);
    assert.equal(await may("list", "", "pods", stage.namespace), false);
    assert.equal(await may("patch", "", "configmaps", "stellar-system", "another"), false);
  });

  it("keeps the last good list when the API is away and the mounted file is cut short", async () => {
    const agent = stage.agent("alpha-0");
    const good = await status("alpha-0");
    const before = good.apply.peers.length;
    assert.ok(before > 0, "alpha-0 has peers");
    stage.line.cut();
    try {
      const data = (await stage.configMap(stage.namespace)).data ?? {};
      await agent.mount.write({
        ...data,
        "peers.json": data["peers.json"]?.slice(0, 40) ?? "",
        revision: "99999.1",
      });
      const rejected = await eventually(
        "the file is refused",
        20_000,
        () => agent.process.logged("document.rejected")[0],
      );
      assert.match(rejected.msg, /JSON/);
      const metrics = await fetch(`http://127.0.0.1:${agent.healthPort}/metrics`).then((answer) =>
        answer.text(),
      );
      assert.match(
        metrics,
        /stellar_peer_agent_documents_rejected_total\{source="file",reason="[a-z-]+"\} [1-9]/,
      );
      assert.equal((await status("alpha-0")).apply.peers.length, before);
    } finally {
      stage.line.mend();
    }
  });

  it("asks a Core that is not healthy for no reload, and one that became healthy and lacks a peer", async () => {
    await stage.core("gamma-0").stop();
    const core = stage.core("alpha-0");
    await core.stop();
    core.model.script = { state: "Catching up" };
    const before = core.model.requests.length;
    await core.start();
    const since = (): readonly string[] => core.model.requests.slice(before).map(({ target }) => target);
    const looks = (): number => since().filter((target) => target.startsWith("/info")).length;
    const reloads = (): number => since().filter((target) => target.includes("config-reload")).length;
    await eventually("its health was asked for three times", 60_000, () => looks() >= 3);
    assert.equal(reloads(), 0);
    core.model.script = {};
    await eventually("it is asked to reload once it is healthy", 60_000, () => reloads() === 1);
  });
});
