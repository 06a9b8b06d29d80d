import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";

export interface ReviewRequest {
  readonly uid: string;
  readonly operation: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly resource: { readonly group: string; readonly version: string; readonly resource: string };
  readonly name?: string;
  readonly namespace: string;
  readonly dryRun?: boolean;
  readonly object: KubeObject;
}

/** A mutating webhook on loopback that answers each path with what it is told to. */
export class FakeWebhook {
  /** What was asked, by path. */
  readonly requests: { readonly path: string; readonly request: ReviewRequest }[] = [];
  readonly caBundle: string;
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, caBundle: string) {
    this.#server = server;
    this.caBundle = caBundle;
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** `answers`: the response by path, without its uid. */
  static async start(answers: Readonly<Record<string, object>>): Promise<FakeWebhook> {
    const now = Date.now();
    const authority = await issueAuthority(now);
    const { certificate, privateKey } = await issueLeaf(authority, ["127.0.0.1"], now);
    const server = createServer({ cert: certificate, key: privateKey });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const webhook = new FakeWebhook(server, Buffer.from(authority.certificate).toString("base64"));
    server.on("request", (incoming, outgoing) => {
      void text(incoming).then((body) => {
        const { request } = JSON.parse(body) as { readonly request: ReviewRequest };
        const path = new URL(incoming.url ?? "", webhook.url).pathname;
        webhook.requests.push({ path, request });
        const response = { uid: request.uid, ...answers[path] };
        outgoing.setHeader("content-type", "application/json");
        outgoing.end(
          JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response }),
        );
      });
    });
    return webhook;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
