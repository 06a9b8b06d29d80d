import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { InjectionDecision } from "../../webhook/inject/InjectionDecision.ts";
import { parseInjectionSettings } from "../../webhook/inject/parseInjectionSettings.ts";
import { planInjection } from "../../webhook/inject/planInjection.ts";
import { runTool } from "../control-plane/runTool.ts";
import { privateControlPlane } from "../docs/privateControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { patchPod } from "../webhook/inject/patchPod.ts";
import { chartValuesOf } from "./chartValuesOf.ts";
import type { Claims } from "./Claims.ts";
import { gitopsDefinitions } from "./gitopsDefinitions.ts";
import { listingOf } from "./listingOf.ts";
import { podOf } from "./podOf.ts";
import { readExamples } from "./readExamples.ts";

const plane = await privateControlPlane();
const examples = await readExamples();
const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));
const { settings } = parseInjectionSettings({ AGENT_IMAGE: "stellar-peer-discovery/agent:0.1.0" }, "0.1.0");
const newest = 37;
const withoutNative = 28;

interface Container {
  readonly name: string;
  readonly restartPolicy?: string;
}
type Pod = KubeObject & {
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
};

async function kubectl(args: readonly string[], input?: unknown): Promise<string> {
  return runTool(plane.running(), "kubectl", args, input === undefined ? "" : JSON.stringify(input));
}

async function stored<T extends KubeObject>({ kind, apiVersion, metadata }: KubeObject): Promise<T> {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : [];
  const resource = group === undefined ? kind : `${kind}.${version}.${group}`;
  const place = metadata.namespace === undefined ? [] : ["-n", metadata.namespace];
  return JSON.parse(await kubectl(["get", resource, metadata.name ?? "", ...place, "-o", "json"])) as T;
}

async function decide(pod: KubeObject, minor: number): Promise<InjectionDecision> {
  const name = pod.metadata.namespace ?? "";
  const { metadata } = await stored({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const namespace = { name, labels: metadata.labels ?? {} };
  return planInjection(pod, { settings, server: { minor }, namespace });
}

function outcome(decision: InjectionDecision): Claims["injection"] {
  return decision.action === "inject" ? decision.mode : { skipped: decision.reason };
}

/** The API server takes the patched pod, and keeps the agent where it was put. Another example may have one of its name. */
async function createInjected(pod: KubeObject, decision: InjectionDecision): Promise<void> {
  await kubectl(["create", "-f", "-"], patchPod(pod, decision));
  const { metadata, spec } = await stored<Pod>(pod);
  const injected = decision.action === "inject";
  assert.equal(metadata.labels?.[labels.injected], injected ? "true" : undefined);
  assert.equal(metadata.annotations?.[annotations.injectedVersion], injected ? "0.1.0" : undefined);
  const last = spec.containers.at(-1)?.name;
  const native = spec.initContainers?.find(({ name }) => name === names.container)?.restartPolicy;
  assert.equal(last === names.container, injected && decision.mode === "container");
  assert.equal(native, injected && decision.mode === "native" ? "Always" : undefined);
  const { namespace = "", name = "" } = metadata;
  await kubectl(["delete", "pod", name, "-n", namespace, "--grace-period=0", "--force"]);
}

async function checkInjection(pod: KubeObject, claims: Claims): Promise<void> {
  assert.ok(claims.injection, "its comment does not say whether its pods are injected");
  const decision = await decide(pod, newest);
  assert.deepEqual(outcome(decision), claims.injection);
  const older = outcome(await decide(pod, withoutNative));
  assert.deepEqual(older, claims.older === undefined ? claims.injection : { skipped: claims.older });
  await createInjected(pod, decision);
}

function checkListing(object: KubeObject, { address, network, omission }: Claims): void {
  const { peers, omissions } = listingOf(object);
  if (address !== undefined) assert.deepEqual(peers.map(({ peerString }) => peerString), [address]); // prettier-ignore
  if (network !== undefined) assert.deepEqual(peers.map((peer) => peer.network), [network]); // prettier-ignore
  if (omission !== undefined) assert.deepEqual(omissions.map(({ reason }) => reason), [omission]); // prettier-ignore
}

describe("the examples on a real API server", { skip: plane.skip, timeout: 280_000 }, () => {
  before(async () => {
    if (plane.skip) return;
    for (const definition of gitopsDefinitions) await kubectl(["create", "-f", "-"], definition);
    const crds = gitopsDefinitions.map(({ metadata }) => `crd/${metadata.name}`);
    await kubectl(["wait", "--for=condition=Established", "--timeout=30s", ...crds]);
    for (const namespace of ["argocd", "flux-system"]) await kubectl(["create", "namespace", namespace]);
  });

  for (const { file, objects } of examples) {
    describe(file.slice(file.lastIndexOf("/") + 1), () => {
      it("is applied as it stands", async () => {
        await eventually("it is taken", 20_000, () => kubectl(["apply", "-f", file]));
        // The controller manager's work.
        for (const { object } of objects.filter(({ object: one }) => one.kind === "Namespace"))
          await kubectl(["create", "serviceaccount", "default", "-n", object.metadata.name ?? ""]);
      });

      for (const { object, claims } of objects) {
        it(`${object.kind} ${object.metadata.name}: comes out as its comment says`, async () => {
          const present = await stored(object);
          const pod = podOf(present);
          if (pod) await checkInjection(pod, claims);
          if (["StellarNode", "Service"].includes(object.kind)) checkListing(present, claims);
          const values = chartValuesOf(present);
          if (values === undefined) return;
          const args = ["template", "stellar-peer-discovery", chart, "-n", "stellar-system", "-f", "-"];
          const rendered = await runTool(plane.running(), "helm", args, stringify(values));
          assert.match(rendered, /registry\.example\/stellar-peer-discovery\/agent:/);
        });
      }
    });
  }
});
