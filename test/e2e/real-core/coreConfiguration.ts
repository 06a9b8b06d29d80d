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
  /** A file, or nothing for standard output. */
  readonly logFile?: string;
}

/**
 * Text of stellar-core.cfg for a validator of a private network that knows no peer before it is told of one. There is no
 * history archive behind the one that Core asks for: who comes late catches up from the ledgers that peers remember,
 * about eight minutes' worth.
 */
export function coreConfiguration(configuration: CoreConfiguration): string {
  const { identity, quorum, passphrase, httpPort, peerPort, logFile = "" } = configuration;
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
LOG_FILE_PATH="${logFile}"
BUCKET_DIR_PATH="buckets"
UNSAFE_QUORUM=true
FAILURE_SAFETY=0
MAX_SLOTS_TO_REMEMBER=100
KNOWN_PEERS=[]

[QUORUM_SET]
THRESHOLD_PERCENT=66
VALIDATORS=[${validators.join(", ")}]

[HISTORY.none]
get="cp /nonexistent/{0} {1}"
`;
}
