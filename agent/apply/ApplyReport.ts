import { formatRevision } from "../../contract/formatRevision.ts";
import type { Log } from "../../runtime/Log.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { Assessment } from "./assess.ts";
import type { PeerStatus } from "./describePeers.ts";
import type { SourcedDocument } from "./DocumentView.ts";

export interface Look {
  readonly document: SourcedDocument | undefined;
  readonly assessment: Assessment;
  /** Undefined when Core's peers are not known. */
  readonly peers: readonly PeerStatus[] | undefined;
  readonly now: number;
}

/** Milliseconds for which a peer may be held back unsaid: the document is often ahead of the picture by a moment. */
const heldBackPatience = 10_000;
const maxListed = 20;

function list(addresses: readonly string[]): string {
  const more = addresses.length - maxListed;
  return addresses.slice(0, maxListed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Says what changed from look to look, each thing once, and knows how far the documents have come. */
export class ApplyReport {
  readonly #log: Log;
  readonly #metrics: ApplyMetrics;
  #said: string | undefined;
  #healthy = false;
  #network: string | undefined;
  #applied: string | undefined;
  #confirmed: string | undefined;
  #outcome: string | undefined;
  readonly #heldSince = new Map<string, number>();
  #heldSaid = "";

  constructor(log: Log, metrics: ApplyMetrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  get revisions(): { readonly applied: string | undefined; readonly confirmed: string | undefined } {
    return { applied: this.#applied, confirmed: this.#confirmed };
  }

  /** How Core is; to be said before what is then done with it. */
  health({ health, obstacle }: Assessment): void {
    if (obstacle?.reason === "proving") return;
    const reason = obstacle?.reason ?? health.reason;
    if (reason === this.#said) return;
    this.#said = reason;
    const detail = obstacle?.detail ?? health.detail;
    const fields = { reason };
    const wasHealthy = this.#healthy;
    this.#healthy = reason === "healthy";
    if (this.#healthy) this.#log.info({ event: "core.healthy", ...fields }, `Core is healthy: ${detail}`);
    else if (reason === "network-mismatch" || reason === "network-disagrees")
      this.#log.warn({ event: "network.mismatch", ...fields }, `nothing is applied: ${detail}`);
    else if (wasHealthy)
      this.#log.warn({ event: "core.unhealthy", ...fields }, `Core is no longer healthy: ${detail}`);
    else this.#log.info({ event: "core.waiting", ...fields }, `waiting: ${detail}`);
  }

  look(look: Look): void {
    this.#reportHeldBack(look);
    if (look.peers && look.document) this.#reportPeers(look.document, look.assessment, look.peers, look.now);
  }

  /** True when the agent's network is another than the last one known. */
  isNewNetwork(network: string): boolean {
    if (network === this.#network) return false;
    this.#network = network;
    return true;
  }

  #reportHeldBack({ assessment, now }: Look): void {
    const held = new Set(assessment.targets.heldBack.map((peer) => peer.peerString));
    for (const address of held) if (!this.#heldSince.has(address)) this.#heldSince.set(address, now);
    for (const address of this.#heldSince.keys()) if (!held.has(address)) this.#heldSince.delete(address);
    const long = [...held].filter(
      (address) => now - (this.#heldSince.get(address) ?? now) >= heldBackPatience,
    );
    const said = list(long);
    if (said === this.#heldSaid) return;
    this.#heldSaid = said;
    if (long.length > 0)
      this.#log.warn(
        { event: "peers.heldback", count: long.length },
        `not dialed, as the API does not show them: ${said}`,
      );
  }

  #reportPeers(
    { document, receivedAt }: SourcedDocument,
    { obstacle }: Assessment,
    peers: readonly PeerStatus[],
    now: number,
  ): void {
    const revision = formatRevision(document.revision);
    const planned = peers.filter((peer) => peer.planned);
    const open = planned.filter(({ state }) => state !== "connected");
    if (!obstacle && !open.some(({ state }) => state === "missing") && this.#applied !== revision) {
      this.#applied = revision;
      this.#log.info(
        { event: "peers.applied", revision, planned: planned.length, open: open.length },
        `document ${revision} was handed to Core: ${planned.length} peers planned, ${open.length} not connected yet`,
      );
    }
    if (this.#applied !== revision) return;
    if (open.length === 0) this.#confirm(revision, planned.length, now - receivedAt);
    else this.#unconfirm(revision, open);
  }

  #confirm(revision: string, planned: number, took: number): void {
    if (this.#confirmed !== revision) this.#metrics.confirmed(took);
    this.#confirmed = revision;
    const outcome = `confirmed ${revision}`;
    if (outcome === this.#outcome) return;
    this.#outcome = outcome;
    this.#log.info(
      { event: "peers.confirmed", revision, planned },
      `document ${revision}: Core is connected to all ${planned} peers planned`,
    );
  }

  #unconfirm(revision: string, open: readonly PeerStatus[]): void {
    const unreached = open.filter(({ state }) => state === "unreached").map(({ peerString }) => peerString);
    if (unreached.length === 0) return;
    const outcome = `unconfirmed ${revision} ${unreached.join()}`;
    if (outcome === this.#outcome) return;
    this.#outcome = outcome;
    this.#log.warn(
      { event: "peers.unconfirmed", revision, count: unreached.length },
      `document ${revision}: Core does not reach ${list(unreached)}`,
    );
  }
}
