import type { CoreModel, RecordedRequest } from "../fake-core/CoreModel.ts";
import type { Rules } from "./Rules.ts";
import type { Truth } from "./Truth.ts";

export interface CoreRulesOptions {
  readonly rules: Rules;
  readonly truth: Truth;
  /** Every Core that there ever was, by its address. */
  readonly cores: ReadonlyMap<string, CoreModel>;
}

/** Seconds; see decideHealth. */
const maxLedgerAge = 15;
/** Milliseconds from the look at Core's peers to a dial, while the process runs. */
const haste = 1_000;

function isHealthy({ state, ledgerAge, authenticatedPeers }: RecordedRequest): boolean {
  return state === "Synced!" && ledgerAge < maxLedgerAge && authenticatedPeers > 0;
}

/** The network that the Core named when it was last asked. */
function saidNetwork(core: CoreModel): string | undefined {
  return core.requests.findLast(({ target }) => target === "/info")?.passphrase;
}

/** What must hold whenever an agent has its Core do something. */
export class CoreRules {
  readonly #options: CoreRulesOptions;

  constructor(options: CoreRulesOptions) {
    this.#options = options;
  }

  /** The Core is about to be asked to connect. `fresh`: its agent's own picture is. */
  connecting(who: string, core: CoreModel, own: ReadonlySet<string>, address: string, fresh: boolean): void {
    const { cores, rules, truth } = this.#options;
    const other = cores.get(address);
    if (own.has(address)) rules.violated(`${who} dials itself at ${address}`);
    else if (!other && fresh) rules.violated(`${who} dials ${address}, which its picture never showed`);
    else if (other && other.options.passphrase !== saidNetwork(core) && !truth.wasGlimpsed(address))
      rules.violated(`${who} dials ${address}, which is on another network`);
    this.#checkConnected(who, core, address);
  }

  /** The Core is about to be asked to reload. */
  reloading(who: string, core: CoreModel): void {
    const { rules } = this.#options;
    const looks = core.requests.filter(({ target }) => target === "/info").slice(-2);
    if (looks.length < 2 || !looks.every(isHealthy))
      rules.violated(`${who} has a Core reload that was not healthy twice`);
    if (saidNetwork(core) !== core.options.passphrase)
      rules.violated(`${who} has a Core reload that is on another network`);
  }

  #checkConnected(who: string, core: CoreModel, address: string): void {
    const connection = core.options.network
      .connectionsOf(core)
      .find(({ other }) => other.options.address === address);
    const looked = core.requests.findLast(({ target }) => target === "/peers")?.at ?? -Infinity;
    const now = core.options.clock.monotonic();
    const before = connection !== undefined && connection.authenticatedAt <= looked;
    if (before && now - looked <= haste)
      this.#options.rules.violated(`${who} dials ${address}, to which Core was connected when it was asked`);
  }
}
