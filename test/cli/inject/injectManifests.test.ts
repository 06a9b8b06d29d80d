import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parse, parseAllDocuments, stringify } from "yaml";
import { injectManifests } from "../../../cli/inject/injectManifests.ts";
import { labels } from "../../../contract/labels.ts";
import { planInjection } from "../../../webhook/inject/planInjection.ts";
import { arbitraryPods } from "../../webhook/inject/arbitraryPods.ts";
import { goldenCases } from "../../webhook/inject/goldenCases.ts";
import { injectionContext } from "../../webhook/inject/injectionContext.ts";
import { patchPod } from "../../webhook/inject/patchPod.ts";

const { settings, server } = injectionContext();
const options = { settings, serverMinor: server.minor, namespace: "validators", source: "test.yaml" };

const validator = `    metadata:
      labels:
        stellar.org/node-type: Validator
    spec:
      containers:
        - name: stellar-core
          image: registry.example/core:1
`;

function workload(kind: string, name: string, namespace = "validators"): string {
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  template:\n${validator}`;
}

function actions(text: string): readonly string[] {
  return injectManifests(text, options).reports.map(
    ({ kind, name, decision }) =>
      `${kind} ${name} ${decision.action === "inject" ? "inject" : decision.reason}`,
  );
}

describe("pods come out as from the webhook", () => {
  for (const { name, directory, context } of goldenCases()) {
    test(`golden pod ${name}`, () => {
      const { name: namespace, labels: known } = context.namespace;
      const declared =
        known === undefined
          ? ""
          : `${stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: known } })}---\n`;
      const pod = readFileSync(join(directory, "pod.yaml"), "utf8");
      const injection = { settings: context.settings, serverMinor: context.server.minor };
      const result = injectManifests(declared + pod, { ...options, ...injection, namespace });
      const written: unknown = parseAllDocuments(result.text).at(-1)?.toJS();
      assert.deepEqual(written, parse(readFileSync(join(directory, "patched.yaml"), "utf8")));
      assert.ok(result.text.startsWith(declared));
    });
  }

  test("any pod, in any style of YAML", () => {
    const styles = fc.record({
      collectionStyle: fc.constantFrom("any" as const, "flow" as const),
      indentSeq: fc.boolean(),
      indent: fc.constantFrom(2, 4),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const),
    });
    fc.assert(
      fc.property(arbitraryPods, styles, (pod, style) => {
        const whole = { apiVersion: "v1", kind: "Pod", ...pod };
        const { text } = injectManifests(stringify(whole, { ...style, version: "1.1" }), options);
        const wanted = patchPod(whole, planInjection(whole, injectionContext()));
        assert.equal(JSON.stringify(sorted(parse(text))), JSON.stringify(sorted(wanted)));
      }),
      { numRuns: 300 },
    );
  });
});

/** With the keys of maps in order: which of them comes first says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]);
}

describe("which objects have pods", () => {
  test("workloads of every kind", () => {
    const cron = `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: f}\nspec:\n  jobTemplate:\n    spec:\n      template:\n${validator.replaceAll(/^/gm, "    ").trimEnd()}\n`;
    const job = workload("Job", "e")
      .replace("apps/v1", "batch/v1")
      .replace("    spec:\n", "    spec:\n      restartPolicy: Never\n");
    const kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
    const text = [...kinds.map((kind) => workload(kind, "a")), job, cron].join("---\n");
    assert.deepEqual(actions(text), [
      ...kinds.map((kind) => `${kind} a inject`),
      "Job e inject",
      "CronJob f inject",
    ]);
    const { reports } = injectManifests(text, options);
    assert.deepEqual(
      reports.map(({ decision }) => decision.action === "inject" && decision.mode),
      ["container", "container", "container", "container", "native", "container"],
    );
  });

  test("what is injected once stays as it is the second time", () => {
    const { text } = injectManifests(workload("StatefulSet", "a"), options);
    assert.equal(injectManifests(text, options).text, text);
    assert.deepEqual(actions(text), ["StatefulSet a already-injected"]);
  });

  test("Lists, and kinds of the same name in other groups", () => {
    const item = workload("Deployment", "a").trimEnd().replaceAll("\n", "\n    ");
    assert.deepEqual(actions(`apiVersion: v1\nkind: List\nitems:\n  - ${item}\n`), ["Deployment a inject"]);
    assert.deepEqual(actions(workload("Deployment", "a").replace("apps/v1", "example.org/v1")), []);
  });

  test("a namespace is enabled unless the stream says otherwise, before or after", () => {
    const namespace = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: dark\n`;
    const text = [workload("StatefulSet", "a", "dark"), namespace, workload("StatefulSet", "b")].join(
      "---\n",
    );
    assert.deepEqual(actions(text), ["StatefulSet a namespace-not-enabled", "StatefulSet b inject"]);
    const lit = text.replace("  name: dark\n", `  name: dark\n  labels: {${labels.injection}: enabled}\n`);
    assert.deepEqual(actions(lit), ["StatefulSet a inject", "StatefulSet b inject"]);
  });

  test("a template that is no pod is left alone, with the reason", () => {
    assert.deepEqual(actions("apiVersion: apps/v1\nkind: StatefulSet\nspec: {}\n"), [
      "StatefulSet (no name) malformed-pod",
    ]);
  });
});

describe("the text", () => {
  test("documents without a pod to inject are the same, byte for byte", () => {
    const text = [
      "# first\n\n",
      "%YAML 1.1\n---   # odd\na:   [1,2,   3]\nb: 0644\r\n...\n# between\n---\n---\n",
      '{"kind": "Pod",\n "apiVersion": "v1"}\n--- \n',
      workload("StatefulSet", "a").replace("Validator", "Horizon"),
      "---\n# the end, with no newline",
    ].join("");
    assert.equal(injectManifests(text, options).text, text);
  });

  test("an injected document only grows", () => {
    const text = `# head\n---\n${workload("StatefulSet", "a")
      .replace("    spec:\n", "      # about the spec\n    spec: # here\n")
      .replace("core:1\n", "core:1   # an image\n          # after the container\n")}  # end\n---\nb: 1\n`;
    const { text: result, remarks } = injectManifests(text, options);
    const lines = result.split("\n");
    let next = 0;
    for (const line of text.split("\n")) {
      const found = lines.indexOf(line, next);
      assert.ok(found >= next, `${JSON.stringify(line)} is missing`);
      next = found + 1;
    }
    assert.deepEqual(remarks, []);
  });

  test("numbers and strings stay what Kubernetes takes them for", () => {
    const text = workload("StatefulSet", "a").replace(
      "    spec:\n",
      `    spec:\n      securityContext: {}\n      volumes: # null\n      x: [0644, 1_000, 12:30, "yes", 1.10, 9007199254740993]\n`,
    );
    const { text: result } = injectManifests(text, options);
    assert.match(result, /x: \[ ?0644, 1_000, 12:30, "yes", 1\.10, 9007199254740993 ?\]/);
  });

  test("one pod of two that share an anchor is injected without the other", () => {
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: { name: a, labels: &labels { stellar.org/node-type: Validator } }
    spec: &spec # shared
      containers:
        - name: core
  - apiVersion: v1
    kind: Pod
    metadata: { name: b, namespace: kube-system, labels: *labels }
    spec: *spec
`;
    const { text: result, remarks } = injectManifests(text, options);
    const { items } = parse(result) as { items: { spec: { containers: unknown[] } }[] };
    assert.deepEqual(
      items.map(({ spec }) => spec.containers.length),
      [2, 1],
    );
    assert.match(result, /# shared/);
    assert.deepEqual(remarks, []);
  });

  test("a merge key that hides labels costs the comments, and is said", () => {
    const text = `${workload("StatefulSet", "a").replace(
      "    metadata:\n      labels:\n        stellar.org/node-type: Validator\n",
      "    metadata:\n      <<: { labels: { stellar.org/node-type: Validator } }\n",
    )}# gone\n`;
    const { text: result, remarks } = injectManifests(text, options);
    assert.equal(remarks.length, 1);
    const { spec } = parse(result) as { spec: { template: { metadata: { labels: unknown } } } };
    assert.deepEqual(spec.template.metadata.labels, {
      "stellar.org/node-type": "Validator",
      [labels.injected]: "true",
    });
  });

  test("JSON stays JSON", () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { labels: { "stellar.org/node-type": "Validator" } },
      spec: { containers: [{ name: "core" }], volumes: [] },
    };
    const { text } = injectManifests(JSON.stringify(pod, null, 2), options);
    assert.deepEqual(JSON.parse(text), patchPod(pod, planInjection(pod, injectionContext())));
  });

  for (const [what, text, line] of [
    ["a broken document", `a: 1\n---\nb: [1\n---\nc: 1\n`, 4],
    ["a key twice", `a: 1\n---\nb: 1\nb: 2\n`, 4],
    ["an anchor that is not there", `a: 1\n---\nb: *c\n`, 2],
    ["an anchor within itself", `a: 1\n---\nb: &b [*b]\n`, 2],
  ] as const)
    test(`${what} is an error with its line`, () => {
      assert.throws(() => injectManifests(text, options), {
        name: "CommandError",
        message: new RegExp(`^test\\.yaml, line ${line}: .*; correct the YAML`),
      });
    });
});
