import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../test/e2e/freePort.ts";
import { kubeconfigText } from "../../test/e2e/kubeconfigText.ts";
import type { Plane } from "../../test/e2e/Plane.ts";
import { readDeployedEnvironment } from "../../test/e2e/readDeployedEnvironment.ts";
import { readWebhookFlags } from "../../test/e2e/readWebhookFlags.ts";
import type { WebhookConfiguration } from "../../webhook/tls/WebhookConfiguration.ts";
import { Program } from "../measure/Program.ts";
import type { Contender } from "./Contender.ts";

const name = "stellar-peer-discovery";

/** The webhook's bundle with the flags of its image, told what the chart in `namespace` tells it, with the chart's rights. */
export function ownContender(plane: Plane, namespace: string, directory: string): Contender {
  return {
    name: "webhook",
    start: async () => {
      const own = { namespace, name, pod: `${name}-0` };
      const { environment, serviceAccountName } = await readDeployedEnvironment(plane.api, own);
      const call = { signal: AbortSignal.timeout(10_000) };
      const account = { namespace, name: serviceAccountName };
      const { token } = await plane.api.createToken(account, { expirationSeconds: 3600 }, call);
      const kubeconfig = join(directory, "webhook.kubeconfig");
      await writeFile(kubeconfig, kubeconfigText({ url: plane.url, ca: plane.ca, token }));
      const [port, healthPort] = [await freePort(), await freePort()];
      const given = {
        ...environment,
        KUBECONFIG: kubeconfig,
        WEBHOOK_ADDRESS: `127.0.0.1:${port}`,
        HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
        CERTIFICATE_NAMES: "127.0.0.1",
        DRAIN_DELAY: "0s",
      };
      const args = [...(await readWebhookFlags()), "dist/webhook.js"];
      const program = new Program(process.execPath, args, given, "dropped");
      const ready = await program.ready(`http://127.0.0.1:${healthPort}/readyz`);
      return { program, ready, target: { port, path: "/mutate", ca: await readBundle(plane) } };
    },
  };
}

/** What the API server would trust the webhook by. */
async function readBundle({ api }: Plane): Promise<string> {
  const reference = { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", name };
  const found = await api.get<WebhookConfiguration>(reference, { signal: AbortSignal.timeout(10_000) });
  return Buffer.from(found.webhooks?.[0]?.clientConfig?.caBundle ?? "", "base64").toString();
} // prettier-ignore
