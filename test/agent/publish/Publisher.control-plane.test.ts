import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { ConfigMap } from "../../../agent/publish/ConfigMap.ts";
import { planPublication } from "../../../agent/publish/planPublication.ts";
import { PublicationRefusedError } from "../../../agent/publish/PublicationRefusedError.ts";
import { readStoredDocument } from "../../../agent/publish/readStoredDocument.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { Lease } from "../../../kube/election/Lease.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { AgentsOnServer } from "../server/AgentsOnServer.ts";
import { summarize } from "../server/summarize.ts";
import { makePeer } from "./makePeer.ts";
import { makeStored } from "./makeStored.ts";
import { PublishingCandidate } from "./PublishingCandidate.ts";

const control = await useControlPlane(import.meta.url, { alone: true });
const successions = 20;

describe(
  "publishing on a real API server, behind the fence",
  { skip: control.skip, timeout: 180_000 },
  () => {
    let scene: AgentsOnServer;
    let made = 0;
    const candidates: PublishingCandidate[] = [];
    const call = { signal: AbortSignal.timeout(180_000) };

    const named = (apiVersion: string, kind: string) => ({
      apiVersion,
      kind,
      namespace: scene.chart.peers,
      name: "stellar-peers",
    });
    const list = () => named("v1", "ConfigMap");
    const lease = () => named("coordination.k8s.io/v1", "Lease");
    const stored = async (): Promise<ConfigMap> => scene.admin.get<ConfigMap>(list(), call);
    const peers = (count: number) => Array.from({ length: count }, (_, index) => makePeer(index));
    const candidate = async (): Promise<PublishingCandidate> => {
      const { identity, token } = await scene.chart.agent(`publisher-${(made += 1)}`);
      const connection = control.connection(token);
      const one = new PublishingCandidate({ connection, identity, namespace: scene.chart.peers });
      candidates.push(one);
      return one;
    };
    const leading = async (count: number): Promise<PublishingCandidate> => {
      const leader = await candidate();
      leader.see(peers(count));
      leader.start();
      await eventually("it has written", 20_000, () => leader.wroteAt !== undefined);
      return leader;
    };

    before(async () => {
      if (!control.skip) scene = await AgentsOnServer.install(control);
    });
    afterEach(async () => {
      await Promise.all(candidates.splice(0).map((each) => each.stop()));
    });
    after(async () => {
      if (!control.skip) await scene.close();
    });

    it("a new leader is through within 200 ms, though the server's copy of the Lease may be the one before", async (t) => {
      const took: number[] = [];
      let refusals = 0;
      for (let round = 1; round <= successions; round += 1) {
        const leader = await leading(round + 1);
        took.push((leader.wroteAt ?? Infinity) - (leader.leadsSince ?? 0));
        refusals += leader.count("refused");
        await leader.stop();
        candidates.splice(candidates.indexOf(leader), 1);
      }
      const { p50, max } = summarize(took);
      t.diagnostic(
        `from the Lease to the first write: ${successions} times, median ${p50.toFixed(0)} ms, most ${max.toFixed(0)} ms, refused ${refusals} times on the way`,
      );
      assert.ok(max < 200, `${max} ms`);
    });

    it("a leader that the server does not know of yet is refused, tries again, and is through within 200 ms of it", async () => {
      const early = await candidate();
      early.peers = peers(30);
      const free = await scene.admin.get<Lease>(lease(), call);
      const leaseTransitions = (free.spec?.leaseTransitions ?? 0) + 1;
      const stop = new AbortController();
      const leading = early.publisher.lead({ epoch: leaseTransitions }, stop.signal);
      await eventually("it is refused", 5_000, () => early.count("refused") > 0);
      const spec = { holderIdentity: early.identity, leaseTransitions, leaseDurationSeconds: 15 };
      const held = await scene.admin.update<Lease>({ ...free, spec }, call);
      const known = performance.now();
      await eventually("it has written", 5_000, () => early.wroteAt !== undefined);
      assert.ok((early.wroteAt ?? Infinity) - known < 200, `${(early.wroteAt ?? Infinity) - known} ms`);
      assert.deepEqual([early.events.length, early.log.about("peers.refused").length], [0, 0]);
      stop.abort();
      await leading.catch(() => undefined);
      await scene.admin.update<Lease>({ ...held, spec: { ...spec, holderIdentity: "" } }, call);
    });

    it("a leader whose epoch is not the Lease's is refused, explains it, and steps down", async () => {
      const outdated = await candidate();
      outdated.peers = peers(25);
      const { spec } = await scene.admin.get<Lease>(lease(), call);
      const term = { epoch: (spec?.leaseTransitions ?? 0) + 5 };
      const before = await stored();
      const error = await outdated.publisher.lead(term, call.signal).then(
        () => assert.fail("it was not refused"),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof PublicationRefusedError && error.cause instanceof ApiError);
      assert.match(error.cause.message, /the lease is held by nobody/);
      assert.match(outdated.log.about("peers.refused")[0]?.message ?? "", /fencing policy.*Stepping down/);
      assert.deepEqual(
        outdated.events.map(({ reason }) => reason),
        ["PublicationRefused"],
      );
      assert.equal((await stored()).metadata.resourceVersion, before.metadata.resourceVersion);
    });

    it("another writer is named by its field manager, and its keys are ours again at once", async () => {
      const leader = await leading(26);
      const body = { data: { "peers.json": "[]", "operator.txt": "mine" } };
      await scene.admin.patch(list(), { type: "merge", body }, { ...call, fieldManager: "stellar-operator" });
      await eventually("it is restored", 10_000, async () => leader.count("restored") === 1);
      const { data } = await stored();
      const { revision, ...rest } = data ?? {};
      assert.deepEqual(rest, renderPeers(leader.peers));
      const warnings = leader.log.about("peers.conflict").filter(({ level }) => level === "warn");
      assert.deepEqual(
        warnings.map((line) => line["writer"]),
        ["stellar-operator"],
      );
      assert.match(revision ?? "", /^\d+\.\d+$/);
      await scene.admin.patch(list(), { type: "merge", body }, { ...call, fieldManager: "stellar-operator" });
      await eventually(
        "it waits",
        10_000,
        () => leader.publisher.status().withheld?.reason === "other-writer",
      );
      assert.equal(leader.count("restored"), 1);
    });

    it("takes the largest list that fits, and leaves it in place when the next does not", async () => {
      const fits = (count: number): boolean => {
        const fresh = {
          stored: readStoredDocument(makeStored([], "0.0")),
          age: 0,
          unchangedFor: 0,
          epoch: 1_000_000,
          lastSequence: 0,
        };
        const rest = { lastHash: undefined, restoredAt: -Infinity, shrink: undefined, now: 0 };
        return planPublication({ ...fresh, ...rest, peers: peers(count) }).action === "write";
      };
      let [most, tooMany] = [1, 100_000];
      while (tooMany - most > 1) {
        const middle = Math.floor((most + tooMany) / 2);
        if (fits(middle)) most = middle;
        else tooMany = middle;
      }
      const leader = await leading(most);
      assert.equal((await stored()).data?.["peer_count"]?.trim(), String(most));
      leader.see(peers(most + 20));
      await eventually("it is withheld", 10_000, () => leader.count("withheld too-large") === 1);
      assert.equal(leader.log.about("peers.withheld").at(-1)?.level, "error");
      assert.equal(leader.events.at(-1)?.reason, "PeersTooLarge");
      assert.equal((await stored()).data?.["peer_count"]?.trim(), String(most));
      const data = renderPeers(peers(most + 20));
      const refused = await scene.admin
        .patch(list(), { type: "merge", body: { data } }, call)
        .catch((error: unknown) => error);
      assert.ok(refused instanceof ApiError && refused.status === 422, String(refused));
    });
  },
);
