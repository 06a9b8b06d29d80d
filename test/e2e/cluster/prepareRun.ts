import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { eventually } from "../../runtime/eventually.ts";
import type { Cluster } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";
import { namespaceObject } from "./namespaceObject.ts";

interface Named {
  readonly metadata: { readonly name: string };
}

interface WebhookConfigurations {
  readonly items: readonly (Named & { readonly webhooks?: readonly { readonly name: string }[] })[];
}

const definition = new URL("../../control-plane/stellarnode-crd.yaml", import.meta.url);

/** Throws when the cluster has an installation of its own: its webhook would inject the run's pods, too. */
async function refuseInstalled(cluster: Cluster): Promise<void> {
  const path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  const { items } = await cluster.get<WebhookConfigurations>(path);
  const ours = items.find(({ webhooks }) =>
    webhooks?.some(({ name }) => name === "inject.peer-discovery.stellar.org"),
  );
  if (ours) throw new Error(`the cluster has an installation already, ${ours.metadata.name}`);
}

/** Makes namespaces, and the StellarNode resource where no operator brought it. */
export async function prepareRun(cluster: Cluster): Promise<void> {
  await refuseInstalled(cluster);
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const { items } = await cluster.get<{ readonly items: readonly Named[] }>(path);
  const crd = parse(await readFile(definition, "utf8")) as Named;
  if (!items.some(({ metadata }) => metadata.name === crd.metadata.name)) {
    const metadata = { ...crd.metadata, labels: { [clusterNames.label]: "true" } };
    await cluster.apply([{ ...crd, metadata }]);
    await eventually("StellarNodes are served", 30_000, () =>
      cluster.get("/apis/stellar.org/v1alpha1/stellarnodes"),
    );
  }
  await cluster.apply([
    namespaceObject(clusterNames.system, false),
    namespaceObject(clusterNames.validators, true),
    namespaceObject(clusterNames.cut, true),
  ]);
}
