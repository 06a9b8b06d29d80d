import { request } from "node:https";
import type { Agent } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { EventNote } from "../../../kube/EventRecorder.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import type { Log, LogFields } from "../../../runtime/Log.ts";
import type { AdmissionMetrics } from "../../../webhook/admission/AdmissionMetrics.ts";
import { AdmissionServer } from "../../../webhook/admission/AdmissionServer.ts";
import type { InjectionContext } from "../../../webhook/inject/InjectionContext.ts";
import { injectionContext } from "../inject/injectionContext.ts";
import { selfSigned } from "./selfSigned.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Common name in the certificate of the connection that was used. */
  readonly servedBy: string;
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly contentType?: string;
  readonly agent?: Agent;
}

function servedBy(socket: Socket): string {
  const name = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : "";
  return typeof name === "string" ? name : "";
}

/** An admission server on 127.0.0.1 with a certificate, what it logged and counted, and a client for it. */
export class TestAdmission implements AsyncDisposable {
  readonly lines: { readonly level: string; readonly fields: LogFields }[] = [];
  readonly counted: string[] = [];
  readonly events: EventNote[] = [];
  readonly server: AdmissionServer;
  port = 0;
  /** The one it opened with, PEM. */
  certificate = "";

  constructor(context: (namespace: string) => InjectionContext = () => injectionContext()) {
    const line = (level: string) => (fields: LogFields) => void this.lines.push({ level, fields });
    const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
    const metrics: AdmissionMetrics = {
      decided: ({ action }, dryRun) => void this.counted.push(`${action}${dryRun ? " (dry run)" : ""}`),
      refused: (reason) => void this.counted.push(reason),
    };
    this.server = new AdmissionServer({
      host: "127.0.0.1",
      port: 0,
      context,
      log,
      metrics,
      clock: systemClock,
      events: { record: (note) => void this.events.push(note) },
    });
  }

  static async open(context?: (namespace: string) => InjectionContext): Promise<TestAdmission> {
    const admission = new TestAdmission(context);
    const first = await selfSigned("first");
    admission.certificate = first.certificate;
    admission.server.setCertificate(first);
    admission.port = await admission.server.listen();
    return admission;
  }

  post(body: string | Buffer, call: Call = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: "127.0.0.1",
          port: this.port,
          path: call.path ?? "/mutate",
          method: call.method ?? "POST",
          agent: call.agent ?? false,
          rejectUnauthorized: false,
          headers: {
            "content-length": Buffer.byteLength(body),
            ...(call.contentType === "" ? {} : { "content-type": call.contentType ?? "application/json" }),
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          const name = servedBy(incoming.socket);
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString(),
              servedBy: name,
            }),
          );
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}
