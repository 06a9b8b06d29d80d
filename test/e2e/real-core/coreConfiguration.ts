export interface CoreIdentity {
  /** Common name, in logs and `/peers`. */
  readonly name: string;
  readonly seed: string;
  readonly publicKey: string;
}

export interface CoreConfiguration {
  readonly identity: CoreIdentity;
  /** Of the quorum set: two thirds of them must agree. */
  readonly quorum: readonly CoreIdentity[];
  readonly passphrase: string;
  readonly httpPort: number;
  readonly peerPort: number;
}

/**
 * Text of stellar-core.cfg for a validator of a private network that knows no peer before it is told of one. The history
 * archive is none: who was away for more than the twelve ledgers that peers remember, a minute, stays behind.
 */
export function coreConfiguration(configuration: CoreConfiguration): string {
  const { identity, quorum, passphrase, httpPort, peerPort } = configuration;
  const validators = quorum.map(({ name, publicKey }) =>
    publicKey === identity.publicKey ? `"$${name}"` : `"${publicKey} ${name}"`,
  );
  return `HTTP_PORT=${httpPort}
PUBLIC_HTTP_PORT=false
PEER_PORT=${peerPort}
NETWORK_PASSPHRASE="${passphrase}"
NODE_SEED="${identity.seed} ${identity.name}"
NODE_IS_VALIDATOR=true
NODE_HOME_DOMAIN=""
DATABASE="sqlite3://stellar.db"
LOG_FILE_PATH="stellar-core.log"
BUCKET_DIR_PATH="buckets"
UNSAFE_QUORUM=true
FAILURE_SAFETY=0
KNOWN_PEERS=[]

[QUORUM_SET]
THRESHOLD_PERCENT=66
VALIDATORS=[${validators.join(", ")}]

[HISTORY.none]
get="cp /nonexistent/{0} {1}"
`;
}
