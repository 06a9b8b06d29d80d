import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { eventually } from "../runtime/eventually.ts";
import { callServer, type ServerAnswer, type ServerCall } from "./callServer.ts";
import type { RunningControlPlane } from "./RunningControlPlane.ts";

const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

interface Definition {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Creates the StellarNode CRD and waits until the resource is served. */
export async function installStellarNode({
  url,
  ca,
  token,
}: Pick<RunningControlPlane, "url" | "ca" | "token">): Promise<void> {
  const file = new URL("stellarnode-crd.yaml", import.meta.url);
  const definition = parse(await readFile(file, "utf8")) as Definition;
  const call = async (rest: Pick<ServerCall, "method" | "path" | "body">): Promise<ServerAnswer> =>
    callServer({ url, ca, token, ...rest });
  const created = await call({ method: "POST", path: collection, body: definition });
  if (created.status !== 201) throw new Error(`the StellarNode CRD was refused: ${created.text}`);
  await eventually("the StellarNode CRD is established", 20_000, async () => {
    const { text } = await call({ method: "GET", path: `${collection}/${definition.metadata.name}` });
    const conditions = (JSON.parse(text) as Definition).status?.conditions ?? [];
    return conditions.some(({ type, status }) => type === "Established" && status === "True");
  });
  await eventually("StellarNodes are served", 20_000, async () => {
    const { status } = await call({ method: "GET", path: "/apis/stellar.org/v1alpha1/stellarnodes" });
    return status === 200;
  });
}
