import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";

const control = await useControlPlane(import.meta.url);
const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));
const older = fileURLToPath(new URL("fixtures/stellar-peer-discovery-0.1.0.tgz", import.meta.url));

describe("the chart, installed on a real API server", { skip: control.skip, timeout: 120_000 }, () => {
  const release = control.prefix;
  const values = [`fullnameOverride=${release}`, "namespaceSelector.nobody=here"];
  const set = values.flatMap((value) => ["--set", value]);
  const kinds =
    "deployment,service,serviceaccount,poddisruptionbudget,role,rolebinding,clusterrole,clusterrolebinding,mutatingwebhookconfiguration,validatingadmissionpolicy,validatingadmissionpolicybinding";
  const owned = async (): Promise<string[]> => {
    const selector = `app.kubernetes.io/instance=${release}`;
    const text = await control.kubectl(["get", kinds, "--all-namespaces", "-l", selector, "-o", "name"]);
    return text.split("\n").filter((line) => line !== "");
  };
  let namespace = "";

  after(async () => {
    if (!control.skip) await control.helm(["uninstall", release, "-n", namespace, "--ignore-not-found"]);
  });

  it("is accepted whole, and says what to do next", async () => {
    namespace = await control.namespace("release");
    const notes = await control.helm(["install", release, chart, "-n", namespace, ...set]);
    assert.match(
      notes,
      /kubectl label namespace NAMESPACE peer-discovery\.stellar\.org\/injection=enabled nobody=here/,
    );
    assert.ok((await owned()).length >= 14, (await owned()).join(" "));
  });

  it("is what `helm template | kubectl apply` makes", async () => {
    const { text } = await renderChart(control, { release, namespace, values });
    const args = ["apply", "--server-side", "--dry-run=server", "--field-manager=other", "--force-conflicts"];
    await control.kubectl([...args, "-n", namespace, "-f", "-"], text);
    const differences = await control.kubectl(["diff", "--server-side", "--force-conflicts", "--field-manager=other", "-n", namespace, "-f", "-"], withoutTests(text)); // prettier-ignore
    assert.equal(differences, "");
  });

  it("is upgraded to other values and rolled back", async () => {
    const replicas = async (): Promise<string> =>
      control.kubectl(["get", "deployment", release, "-n", namespace, "-o", "jsonpath={.spec.replicas}"]);
    const before = await owned();
    await control.helm(["upgrade", release, chart, "-n", namespace, ...set, "--set", "replicas=3"]);
    assert.equal(await replicas(), "3");
    await control.helm(["rollback", release, "1", "-n", namespace]);
    assert.equal(await replicas(), "2");
    assert.deepEqual(await owned(), before);
  });

  it("is gone when it is uninstalled, but for what keeps the server watching Leases", async () => {
    await control.helm(["uninstall", release, "-n", namespace]);
    const kept = `${release}-lease-watch`;
    assert.deepEqual(await owned(), [
      `validatingadmissionpolicy.admissionregistration.k8s.io/${kept}`,
      `validatingadmissionpolicybinding.admissionregistration.k8s.io/${kept}`,
    ]);
  });

  it("takes the place of an older release, and comes to the same as installed anew", async () => {
    await control.helm(["install", release, older, "-n", namespace, ...set]);
    const before = await owned();
    assert.ok(before.length >= 12, before.join(" "));
    await control.helm(["upgrade", release, chart, "-n", namespace, ...set]);
    const { text } = await renderChart(control, { release, namespace, values });
    const args = [
      "diff",
      "--server-side",
      "--force-conflicts",
      "--field-manager=other",
      "-n",
      namespace,
      "-f",
      "-",
    ];
    assert.equal(await control.kubectl(args, withoutTests(text)), "");
    const after = await owned();
    const { objects } = await renderChart(control, { release, namespace, values });
    const hooks = objects.filter(({ metadata }) => metadata.annotations?.["helm.sh/hook"]).length;
    assert.equal(after.length, objects.length - hooks);
    await control.helm(["rollback", release, "1", "-n", namespace]);
    assert.deepEqual(await owned(), before);
  });

  it("says which values an older release's lack, and takes those that were set with the new defaults", async () => {
    const upgrade = ["upgrade", release, chart, "-n", namespace];
    await assert.rejects(control.helm([...upgrade, "--reuse-values"]), /certManager/);
    await control.helm([...upgrade, "--reset-then-reuse-values"]);
    const { text } = await renderChart(control, { release, namespace, values });
    const args = ["diff", "--server-side", "--force-conflicts", "--field-manager=other", "-n", namespace];
    assert.equal(await control.kubectl([...args, "-f", "-"], withoutTests(text)), "");
  });
});

/** Helm makes hooks when their time comes. */
function withoutTests(text: string): string {
  return text
    .split(/^---$/m)
    .filter((document) => !document.includes("helm.sh/hook: test"))
    .join("---");
}
