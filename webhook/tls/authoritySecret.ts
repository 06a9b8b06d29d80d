import type { KubeObject } from "../../kube/KubeObject.ts";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { CertificateAuthority } from "./CertificateAuthority.ts";

export interface Secret extends KubeObject {
  readonly type?: string;
  /** In base64. */
  readonly data?: Readonly<Record<string, string>>;
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** The Secret that carries the CA; `over`: the one that it takes the place of, if nobody wrote it meanwhile. */
export function authoritySecret(
  name: { readonly namespace: string; readonly name: string },
  { signing, next, previous }: CertificateAuthority,
  over?: Secret,
): Secret {
  const resourceVersion = over?.metadata.resourceVersion;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      ...name,
      ...(resourceVersion !== undefined && { resourceVersion }),
      labels: { ...over?.metadata.labels, [labels.managedBy]: names.manager },
      ...(over?.metadata.annotations && { annotations: over.metadata.annotations }),
    },
    type: "kubernetes.io/tls",
    data: {
      "tls.crt": encode(signing.certificate),
      "tls.key": encode(signing.privateKey),
      ...(next && { "next.crt": encode(next.certificate), "next.key": encode(next.privateKey) }),
      ...(previous.length > 0 && { "previous.crt": encode(previous.join("")) }),
    },
  };
}
