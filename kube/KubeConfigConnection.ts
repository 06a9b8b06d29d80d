import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Clock } from "../runtime/Clock.ts";
import { ConfigurationError } from "../runtime/ConfigurationError.ts";
import type { KubeConnection, KubeCredentials } from "./KubeConnection.ts";

/** Milliseconds that what was read counts: half of the minute that a rotated token may go unseen. */
const lifetime = 30_000;

/**
 * A KubeConnection from a KubeConfig. The configuration is loaded anew with each reading, since client-node keeps a
 * file's token for a minute whatever the server says of it; an exec plugin's, which it keeps until it expires, only
 * after a refusal.
 */
export class KubeConfigConnection implements KubeConnection {
  readonly server: URL;
  readonly #load: () => KubeConfig;
  readonly #clock: Clock;
  #config: KubeConfig | undefined;
  #read: { readonly at: number; readonly credentials: Promise<KubeCredentials> } | undefined;

  /** Throws what `load` throws, and ConfigurationError. */
  constructor(load: () => KubeConfig, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
    this.#config = load();
    this.server = serverOf(this.#config);
  }

  async credentials(): Promise<KubeCredentials> {
    const now = this.#clock.monotonic();
    if (!this.#read || now - this.#read.at >= lifetime) this.#read = { at: now, credentials: this.#renew() };
    const reading = this.#read;
    try {
      return await reading.credentials;
    } catch (error) {
      if (this.#read === reading) this.#read = undefined;
      throw error;
    }
  }

  invalidate(): void {
    this.#read = undefined;
    this.#config = undefined;
  }

  async #renew(): Promise<KubeCredentials> {
    const config = this.#config?.getCurrentUser()?.exec ? this.#config : this.#load();
    this.#config = config;
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return { tls: tlsOf(options), headers: headersOf(options) };
  }
}

function serverOf(config: KubeConfig): URL {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new ConfigurationError(["the kubeconfig has no current context with a cluster"]);
  if (!URL.canParse(cluster.server)) throw new ConfigurationError([`${cluster.server} is no address`]);
  const server = new URL(cluster.server);
  if (server.protocol !== "https:") {
    throw new ConfigurationError([`the API server's address must begin with https:, not ${server.protocol}`]);
  }
  if (cluster.proxyUrl) throw new ConfigurationError(["proxy-url in a kubeconfig is not supported"]);
  return server;
}

function tlsOf(options: RequestOptions): KubeCredentials["tls"] {
  const { ca, cert, key, servername, rejectUnauthorized } = options;
  return {
    ...material("ca", ca),
    ...material("cert", cert),
    ...material("key", key),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  };
}

function material(name: "ca" | "cert" | "key", value: unknown): Record<string, string | Buffer> {
  return typeof value === "string" || Buffer.isBuffer(value) ? { [name]: value } : {};
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = String(value).trim();
  }
  if (options.auth) headers["authorization"] = `Basic ${Buffer.from(options.auth).toString("base64")}`;
  return headers;
}
