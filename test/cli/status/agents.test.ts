import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClusterApi } from "../../../cli/cluster/ClusterApi.ts";
import { assessStatus } from "../../../cli/status/assessStatus.ts";
import { observeAgents } from "../../../cli/status/observeAgents.ts";
import type { AgentAnswer } from "../../../cli/status/observeAgents.ts";
import { readAgentReport } from "../../../cli/status/readAgentReport.ts";
import { renderStatus } from "../../../cli/status/renderStatus.ts";
import type { StatusPod } from "../../../cli/status/StatusObservation.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import { agentAnswer, podObject, statusObservation } from "./statusObservation.ts";

const { signal } = new AbortController();

function codes(...agents: readonly AgentAnswer[]): readonly string[] {
  const named = agents.map((agent, index) => [`validators/v${index}-0`, agent] as const);
  return assessStatus(statusObservation({ agents: new Map(named) })).findings.map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

function pod(name: string, port?: number): StatusPod {
  const agent = { name: "peer-agent", livenessProbe: { httpGet: { path: "/healthz", port } } };
  return { ...podObject(name, true), spec: { containers: [agent] } };
}

describe("an agent's own words", () => {
  test("are read as this project's agents say them", () => {
    const report = readAgentReport({
      version: "1.2.3",
      leadership: { role: "leading", epoch: 3 },
      publish: { lastError: "conflict" },
      apply: {
        network: "testnet",
        core: { verdict: "healthy", reason: "synced", detail: "all is well" },
        revision: { seen: "3.7", applied: "3.6" },
        peers: [{ namespace: "n", name: "a", peerString: "10.0.0.1:11625", planned: true, state: "asked" }],
      },
    });
    assert.deepEqual(report, {
      version: "1.2.3",
      leading: true,
      network: "testnet",
      seen: "3.7",
      applied: "3.6",
      core: { verdict: "healthy", reason: "synced", detail: "all is well" },
      peers: [{ namespace: "n", name: "a", peerString: "10.0.0.1:11625", planned: true, state: "asked" }],
      lastError: "conflict",
    });
  });

  test("may lack anything but a version", () => {
    assert.deepEqual(readAgentReport({ version: "0.9" }), {
      version: "0.9",
      leading: false,
      core: { verdict: "unknown", reason: "", detail: "" },
      peers: [],
    });
    for (const other of [undefined, null, "ok", [], {}, { version: 3 }, { apply: {} }])
      assert.equal(readAgentReport(other), undefined);
  });
});

describe("agents are asked", () => {
  test("through the API server, at the port of their probe, one that is silent keeps nobody up, and one that has ended is left alone", async () => {
    const asked: string[] = [];
    const api = {
      proxyPod: ({ name, port }: { name: string; port: number }, path: string) => {
        asked.push(`${name}:${port}${path}`);
        if (name === "beta-0")
          return Promise.reject(
            new ApiError({ status: 503, reason: "ServiceUnavailable", message: "no route" }),
          );
        return Promise.resolve(name === "gamma-0" ? "hello" : { version: "1.2.3" });
      },
    } as unknown as ClusterApi;
    const bare = podObject("delta-0", false);
    const job = { ...pod("job-x7k2p"), status: { phase: "Succeeded" } };
    const pods = [pod("alpha-0", 21_627), pod("beta-0"), pod("gamma-0"), bare, job];
    const answers = await observeAgents(api, pods, signal);
    assert.deepEqual(asked, ["alpha-0:21627/status", "beta-0:11627/status", "gamma-0:11627/status"]);
    assert.deepEqual(
      [...answers].map(([name, { state }]) => `${name} ${state}`),
      ["validators/alpha-0 seen", "validators/beta-0 unreachable", "validators/gamma-0 unreachable"],
    );
  });
});

describe("what agents say", () => {
  test("is nothing to worry about when all is well", () => {
    assert.deepEqual(codes(agentAnswer("alpha"), agentAnswer("beta")), []);
  });

  test("shows who can't be asked, is behind, waits for Core, or lacks peers", () => {
    const core = { verdict: "unhealthy", reason: "state", detail: "the state is Catching up" };
    const peer = { namespace: "validators", name: "beta", peerString: "10.0.0.2:11625", planned: true };
    assert.deepEqual(codes({ state: "unreachable", detail: "no route" }), ["warning agent-unreachable"]);
    assert.deepEqual(codes(agentAnswer("alpha", { seen: "3.6" })), ["warning agent-behind"]);
    assert.deepEqual(codes(agentAnswer("alpha", { core })), ["warning core-not-healthy"]);
    assert.deepEqual(codes(agentAnswer("alpha", { peers: [{ ...peer, state: "unreached" }] })), [
      "warning peers-unconnected",
    ]);
    assert.deepEqual(
      codes(agentAnswer("alpha", { peers: [{ ...peer, planned: false, state: "not-planned" }] })),
      [],
    );
  });

  test("is one note where none may be asked", () => {
    const forbidden = { state: "forbidden", detail: "may not get pods/proxy" } as const;
    assert.deepEqual(codes(forbidden, forbidden), ["note not-visible"]);
  });

  test("stands in a table, the leader marked, the silent with the reason", () => {
    const agents = new Map([
      ["validators/alpha-0", agentAnswer("beta", { leading: true, lastError: "timeout" })],
      ["validators/beta-0", { state: "unreachable", detail: "no route" } as const],
    ]);
    const lines = renderStatus(assessStatus(statusObservation({ agents })))
      .trimEnd()
      .split("\n");
    assert.deepEqual(lines.slice(-3), [
      "AGENT OF                    VERSION  NETWORK  SEEN  APPLIED  CONFIRMED  CORE     PEERS   LAST ERROR",
      "validators/alpha-0 (leads)  1.2.3    testnet  3.7   3.7      3.7        healthy  1 of 1  timeout",
      "validators/beta-0           -        -        -     -        -          -        -       no route",
    ]);
  });
});
