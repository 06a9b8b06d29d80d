import { open } from "node:fs/promises";

/** Each request once, when it arrives: a watch too, however long it then lasts. */
const policy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["ResponseStarted", "ResponseComplete", "Panic"],
  rules: [{ level: "Metadata" }],
};

interface AuditEvent {
  readonly verb: string;
  readonly requestReceivedTimestamp: string;
  readonly user: { readonly username?: string; readonly extra?: Readonly<Record<string, readonly string[]>> };
  readonly objectRef?: { readonly resource?: string; readonly name?: string };
}

/** A request, as the API server's audit log has it. */
export interface AuditedRequest {
  readonly verb: string;
  readonly resource: string;
  /** Of the object; of a list or watch, the one that it is narrowed to. */
  readonly name: string;
  readonly user: string;
  /** Of a token that is bound to a pod. */
  readonly pod: string | undefined;
}

/** What an API server that was started with `AuditLog.policy` has been asked, from a moment on. */
export class AuditLog {
  static readonly policy = policy;
  readonly #path: string;
  #offset = 0;

  constructor(directory: string) {
    this.#path = `${directory}/audit.log`;
  }

  /** The requests since the last call, or since the beginning. */
  async read(): Promise<readonly AuditedRequest[]> {
    const file = await open(this.#path);
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read({
        buffer: Buffer.alloc(size - this.#offset),
        position: this.#offset,
      });
      const end = buffer.lastIndexOf("\n") + 1;
      this.#offset += end;
      const lines = buffer.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
      return lines.map((line) => requestOf(JSON.parse(line) as AuditEvent));
    } finally {
      await file.close();
    }
  }
}

function requestOf({ verb, user, objectRef }: AuditEvent): AuditedRequest {
  return {
    verb,
    resource: objectRef?.resource ?? "",
    name: objectRef?.name ?? "",
    user: user.username ?? "",
    pod: user.extra?.["authentication.kubernetes.io/pod-name"]?.[0],
  };
}
