import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { agentEnvironment } from "../../agent/agentEnvironment.ts";
import { parseAgentSettings } from "../../agent/parseAgentSettings.ts";
import type { Peer } from "../../contract/Peer.ts";
import { ApiError } from "../../kube/ApiError.ts";
import { decideElection } from "../../kube/election/decideElection.ts";
import { heldLease } from "../../kube/election/heldLease.ts";
import { judgeTenure } from "../../kube/election/judgeTenure.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import { observeLease } from "../../kube/election/observeLease.ts";
import { releasedLease } from "../../kube/election/releasedLease.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { readWatchLine } from "../../kube/readWatchLine.ts";
import { statusError } from "../../kube/statusError.ts";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";
import { parseWebhookSettings } from "../../webhook/parseWebhookSettings.ts";
import type { Secret } from "../../webhook/tls/authoritySecret.ts";
import { authoritySecret } from "../../webhook/tls/authoritySecret.ts";
import { issueAuthority } from "../../webhook/tls/issueAuthority.ts";
import { readAuthority } from "../../webhook/tls/readAuthority.ts";
import { webhookEnvironment } from "../../webhook/webhookEnvironment.ts";
import { makePeer } from "../agent/publish/makePeer.ts";
import { makeStored } from "../agent/publish/makeStored.ts";
import { mutatedText } from "./mutatedText.ts";
import { bodies } from "./bodies.ts";
import { fuzz } from "./fuzz.ts";

const peers: readonly Peer[] = [1, 2, 3].map((number) => makePeer(number));
const stored = makeStored(peers, "7.4");

/** As a kube-apiserver 1.37 shows one. */
const lease: Lease = {
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  metadata: {
    name: "stellar-peers",
    namespace: "stellar-system",
    uid: "5b5f3a3e-0b1c-4f4f-8d39-0f2f3f4b2c11",
    resourceVersion: "812",
    creationTimestamp: "2026-11-25T10:00:00Z",
  },
  spec: {
    holderIdentity: "stellar/alpha-0/6d2c7ae0-27b7-4d38-a0b8-8b7c1a7b5f10",
    leaseDurationSeconds: 15,
    acquireTime: "2026-11-25T10:00:00.123456Z",
    renewTime: "2026-11-25T10:05:00.123456Z",
    leaseTransitions: 7,
  },
};

describe("what else comes from outside, drawn and mutated", () => {
  it("the Lease: nobody waits for it longer than three durations, and its transitions only grow, by one", () => {
    const spec = fc.record(
      {
        holderIdentity: fc.oneof(fc.string(), fc.constantFrom("", "me")),
        leaseDurationSeconds: fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2_147_483_647)),
        acquireTime: fc.string(),
        renewTime: fc.string(),
        leaseTransitions: fc.integer({ min: 0, max: 2_147_483_646 }),
      },
      { requiredKeys: [] },
    );
    fuzz(spec, (drawn) => {
      const edited = { ...lease, spec: drawn };
      const observed = observeLease(observeLease(undefined, lease, 0), edited, 1_000);
      const decision = decideElection(observed, "me", 15_000, 1_000);
      if (decision.action === "follow")
        assert.ok(decision.remaining <= 45_000 && decision.remaining >= 15_000);
      const next = heldLease(edited, { identity: "me", leaseDuration: 15_000, now: 0 });
      const grown = (next.spec?.leaseTransitions ?? 0) - (drawn.leaseTransitions ?? 0);
      assert.equal(grown, drawn.holderIdentity === "me" ? 0 : 1);
      assert.equal(judgeTenure(edited, next).kept, drawn.holderIdentity === "me" && drawn.leaseTransitions !== undefined); // prettier-ignore
      assert.equal(releasedLease(edited, 0).spec?.leaseTransitions, drawn.leaseTransitions);
    });
  });

  it("a line of a watch: an event, an ApiError, or no JSON", () => {
    const collection = { apiVersion: "v1", kind: "ConfigMap" };
    const status = { kind: "Status", code: 410, reason: "Expired", message: "too old" };
    const lines = [{ type: "ADDED", object: stored }, { type: "ERROR", object: status }, { type: "BOOKMARK", object: { metadata: { resourceVersion: "9" } } }]; // prettier-ignore
    fuzz(bodies(lines.map((line) => JSON.stringify(line))), (line) => {
      try {
        const event = readWatchLine(line, collection);
        if (!(event instanceof ApiError) && event.type !== "BOOKMARK") assert.ok(event.object.metadata);
      } catch (error) {
        assert.ok(error instanceof SyntaxError);
      }
    });
  });

  it("a refusal: an ApiError with a status and a reason", () => {
    const status = JSON.stringify({ kind: "Status", code: 429, reason: "TooManyRequests", details: { retryAfterSeconds: 1 } }); // prettier-ignore
    fuzz(
      fc.tuple(
        bodies([status]),
        fc.integer({ min: 400, max: 599 }),
        fc.oneof(fc.string(), fc.constant(undefined)),
      ),
      ([body, code, header]) => {
        const error = statusError(code, body, header);
        assert.ok(error.status === code && error.reason !== "");
        assert.ok(error.retryAfter === undefined || error.retryAfter > 0);
      },
    );
  });

  it("the environment: settings, or all that is wrong with it, a sentence each", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("0", "-1", "true", "30s", "127.0.0.1:1", "http://127.0.0.1:11626", "9".repeat(400), "\u0000")); // prettier-ignore
    const pod = { POD_NAME: "alpha-0", POD_NAMESPACE: "stellar", POD_UID: "c0ffee", POD_IP: "10.0.0.1" };
    const given = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), text);
    const either = (parse: () => unknown): void => {
      try {
        assert.ok(parse());
      } catch (error) {
        assert.ok(error instanceof ConfigurationError, String(error));
        assert.ok(error.problems.length > 0 && error.problems.every((problem) => problem !== ""));
      }
    };
    fuzz(given(Object.keys(agentEnvironment)), (drawn) =>
      either(() => parseAgentSettings({ ...pod, ...drawn })),
    );
    const webhook = { ...pod, AGENT_IMAGE: "agent:1" };
    fuzz(given(Object.keys(webhookEnvironment)), (drawn) =>
      either(() => parseWebhookSettings({ ...webhook, ...drawn }, "1.0.0")),
    );
  });

  it("the CA's Secret: a CA or what is wrong with it", async () => {
    const signing = await issueAuthority(Date.now());
    const name = { namespace: "stellar-system", name: "ca" };
    const secret = authoritySecret(name, { signing, next: undefined, previous: [signing.certificate] });
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const pem = mutatedText([signing.certificate, signing.privateKey]).map(base64);
    const data = fc.dictionary(
      fc.constantFrom("tls.crt", "tls.key", "next.crt", "next.key", "previous.crt"),
      pem,
    );
    const check = (drawn: Readonly<Record<string, string>>): void => {
      const edited: Secret & KubeObject = { ...secret, data: { ...secret.data, ...drawn } };
      const reading = readAuthority(edited, Date.now());
      if (!reading.ok) assert.notEqual(reading.problem, "");
    };
    fuzz(data, check, 0.1);
  });
});
