/** What a TLS connection to the API server is made with. */
export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  /** The name to verify instead of the address. */
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

export interface KubeCredentials {
  readonly tls: TlsMaterial;
  /** Headers of each request, in lower case: `authorization` and the like. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the API server is, and who asks. */
export interface KubeConnection {
  /** `https:`; a path in it stands before that of each call. */
  readonly server: URL;
  /** What counts now: at most a minute behind the files it comes from. Rejects when they can't be read. */
  credentials(): Promise<KubeCredentials>;
  /** The server refused them (401): read them anew for the next call. */
  invalidate(): void;
}
