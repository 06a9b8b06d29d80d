import { Agent, request } from "node:https";
import type { ControlPlane } from "../control-plane/ControlPlane.ts";

/** What is asked for, as the authorizer knows it. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  /** `resource` or `resource/subresource`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

const width = 8;

/** Those of the accesses that the API server's authorizer grants to the bearer of this token. */
export async function allowedAccess(
  { url, ca }: Pick<ControlPlane, "url" | "ca">,
  token: string,
  accesses: readonly Access[],
): Promise<readonly Access[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: width, ca });
  const queue = [...accesses];
  const allowed = new Set<Access>();
  const work = async (): Promise<void> => {
    for (let access = queue.shift(); access; access = queue.shift())
      if (await ask(agent, url, token, access)) allowed.add(access);
  };
  try {
    await Promise.all(Array.from({ length: width }, work));
  } finally {
    agent.destroy();
  }
  return accesses.filter((access) => allowed.has(access));
}

async function ask(agent: Agent, url: string, token: string, access: Access): Promise<boolean> {
  const [resource = "", subresource] = access.resource.split("/");
  const resourceAttributes = { ...access, resource, ...(subresource !== undefined && { subresource }) };
  const body = JSON.stringify({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes },
  });
  const path = new URL("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", url);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(20_000);
    const outgoing = request(path, { method: "POST", agent, headers, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => {
        if (response.statusCode !== 201) reject(new Error(text));
        else resolve((JSON.parse(text) as { readonly status: { readonly allowed: boolean } }).status.allowed);
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
