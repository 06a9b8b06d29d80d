import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import { qosClass } from "../../../webhook/inject/qosClass.ts";
import type { Pod } from "../../../webhook/inject/Pod.ts";
import { callServer } from "../../control-plane/callServer.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { TestAdmission } from "../admission/TestAdmission.ts";
import { goldenCases } from "./goldenCases.ts";
import { injectionContext } from "./injectionContext.ts";
import { patchPod } from "./patchPod.ts";

const control = await useControlPlane(import.meta.url);
const enforced = { "pod-security.kubernetes.io/enforce": "restricted" };

interface Created {
  readonly status: number;
  readonly text: string;
  readonly pod: Pod & { readonly status?: { readonly qosClass?: string } };
}

async function post(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const { url, ca, token } = control;
  return callServer({ url, ca, token, method: "POST", path, body });
}

async function create(namespace: string, pod: unknown, dryRun = true): Promise<Created> {
  const copy = structuredClone(pod) as { metadata: Record<string, unknown> };
  const path = `/api/v1/namespaces/${namespace}/pods${dryRun ? "?dryRun=All" : ""}`;
  const { status, text } = await post(path, copy);
  return { status, text, pod: JSON.parse(text) as Created["pod"] };
}

function podOf(resources: unknown): unknown {
  return {
    metadata: { generateName: "validator-", labels: { "stellar.org/node-type": "Validator" } },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 10_000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "core",
          image: "registry.example/core",
          resources,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}

/** The resource quota controller would fill in the status; without it the server knows no quota and refuses all. */
async function createQuota(namespace: string, hard: Readonly<Record<string, string>>): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`;
  const made = await post(path, { metadata: { name: "quota" }, spec: { hard } });
  assert.equal(made.status, 201, made.text);
  const used = Object.fromEntries(Object.keys(hard).map((name) => [name, "0"]));
  const status = JSON.stringify({ status: { hard, used } });
  const target = ["-n", namespace, "resourcequota/quota", "--subresource=status", "--type=merge"];
  await control.kubectl(["patch", ...target, "-p", status]);
}

describe("injected pods on the real API server", { skip: control.skip }, () => {
  let restricted = "";
  let open = "";
  let labelled = "";
  let context = injectionContext();
  let admission: TestAdmission | undefined;

  before(async () => {
    restricted = await control.namespace("restricted", enforced);
    open = await control.namespace("open");
    labelled = await control.namespace("labelled", { [control.prefix]: "labelled" });
    admission = await TestAdmission.open(() => context);
    const answer = await post("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", {
      metadata: { name: control.prefix },
      webhooks: [
        {
          name: "inject.peer-discovery.stellar.org",
          admissionReviewVersions: ["v1"],
          sideEffects: "None",
          failurePolicy: "Fail",
          reinvocationPolicy: "IfNeeded",
          timeoutSeconds: 5,
          namespaceSelector: { matchLabels: { [control.prefix]: "labelled" } },
          rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
          clientConfig: {
            url: `https://127.0.0.1:${admission.port}/mutate`,
            caBundle: Buffer.from(admission.certificate).toString("base64"),
          },
        },
      ],
    });
    assert.equal(answer.status, 201, answer.text);
  });

  after(async () => {
    await control.kubectl(["delete", "mutatingwebhookconfiguration", control.prefix]);
    await admission?.server.close();
  });

  for (const golden of goldenCases()) {
    const decision = planInjection(golden.pod, golden.context);

    test(`${golden.name} is accepted as patched, under Pod Security restricted if it was before`, async () => {
      const wasRestricted = (await create(restricted, golden.pod)).status === 201;
      const answer = await create(wasRestricted ? restricted : open, patchPod(golden.pod, decision));
      assert.equal(answer.status, 201, answer.text);
      const before = await create(open, golden.pod);
      assert.equal(answer.pod.status?.qosClass, before.pod.status?.qosClass);
      assert.equal(qosClass(answer.pod), answer.pod.status?.qosClass);
    });

    test(`${golden.name} comes out of the webhook as it does out of the plan`, async () => {
      context = golden.context;
      const called = await create(labelled, golden.pod);
      if (decision.action === "reject") {
        assert.equal(called.status, 422, called.text);
        assert.match(
          called.text,
          new RegExp(decision.reason === "invalid-label" ? "injection" : "allowed is"),
        );
        return;
      }
      assert.equal(called.status, 201, called.text);
      const planned = await create(open, patchPod(golden.pod, decision));
      assert.equal(planned.status, 201, planned.text);
      assert.deepEqual(sorted(called.pod), sorted(planned.pod));
    });
  }

  test("a LimitRange and a ResourceQuota on limits are met by a pod that met them before", async () => {
    const namespace = await control.namespace("quota", { ...enforced, [control.prefix]: "labelled" });
    await createQuota(namespace, {
      "requests.cpu": "8",
      "requests.memory": "16Gi",
      "limits.cpu": "8",
      "limits.memory": "16Gi",
    });
    const ranges = await post(`/api/v1/namespaces/${namespace}/limitranges`, {
      metadata: { name: "range" },
      spec: {
        limits: [{ type: "Container", max: { cpu: "4", memory: "8Gi" }, min: { cpu: "5m", memory: "16Mi" } }],
      },
    });
    assert.equal(ranges.status, 201, ranges.text);
    context = injectionContext();
    for (const resources of [
      { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } },
      { limits: { cpu: "2", memory: "2Gi" } },
    ]) {
      const answer = await create(namespace, podOf(resources), false);
      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.pod.spec.containers.length, 2);
    }
  });

  test("a pod without a name or a node is injected for good, and its token is for the agent alone", async () => {
    context = injectionContext();
    const answer = await create(labelled, podOf({}), false);
    assert.equal(answer.status, 201, answer.text);
    const mounts = answer.pod.spec.containers.map(
      (one) => (one as { volumeMounts?: { name: string }[] }).volumeMounts?.map(({ name }) => name) ?? [],
    );
    assert.ok(!mounts[0]?.includes("peer-agent-token"));
    assert.deepEqual(mounts[1], ["stellar-peers", "peer-agent-token"]);
  });
});

/** What names and chance decide is left out; so is the order of volumes, which the server adds its own to. */
function sorted(pod: Created["pod"]): unknown {
  const copy = JSON.parse(
    JSON.stringify(pod).replaceAll(/kube-api-access-[a-z0-9]+/g, "kube-api-access"),
  ) as Record<string, Record<string, unknown>>;
  const { labels, annotations } = copy["metadata"] ?? {};
  const volumes = (copy["spec"]?.["volumes"] ?? []) as { name: string }[];
  volumes.sort((a, b) => a.name.localeCompare(b.name));
  return { labels, annotations, spec: { ...copy["spec"], volumes } };
}
