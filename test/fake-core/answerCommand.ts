import type { CoreFault, CoreModel } from "./CoreModel.ts";
import type { FakeAnswer } from "./FakeAnswer.ts";
import type { FakeConnection } from "./FakeNetwork.ts";
import { readPeerAddress } from "./readPeerAddress.ts";
import { renderStyled } from "./renderStyled.ts";

interface Outcome {
  readonly answer: FakeAnswer;
  readonly complaint?: string;
}

const welcome =
  '<b>Welcome to stellar-core!</b><p>Supported HTTP commands are listed in the <a href="https://github.com/stellar/' +
  'stellar-core/blob/master/docs/software/commands.md#http-commands">docs</a> as well as in the man pages.</p>' +
  "<p>Have fun!</p>";

function text(body: string): FakeAnswer {
  return { kind: "answer", status: 200, contentType: "application/json", body };
}

function page(status: 200 | 302 | 404, body: string, location?: string): FakeAnswer {
  return {
    kind: "answer",
    status,
    contentType: "text/html",
    body,
    ...(location === undefined ? {} : { location }),
  };
}

const faults: Readonly<Record<CoreFault, FakeAnswer>> = {
  html: page(200, welcome),
  "half-json": text('{\n   "info" : {\n      "build" : "v19'),
  exception: text('{"exception": "it went wrong"}'),
  "unescaped-exception": text('{"exception": "cannot open "file""}'),
  "booting-error": text('{"error": "Core is booting, try again later"}\n'),
  "plain-text": text("Set this or that"),
  redirect: page(302, "", "/elsewhere"),
  huge: { kind: "huge" },
  reset: { kind: "reset" },
  hang: { kind: "hang" },
};

function renderInfo(core: CoreModel): string {
  const { authenticatedPeers, ledgerAge } = core;
  const pending = core.options.network.connectionsOf(core).length - authenticatedPeers;
  return renderStyled({
    info: {
      build: core.options.build ?? "v19.0.1-dirty",
      ledger: {
        age: ledgerAge,
        baseFee: 100,
        baseReserve: 100_000_000,
        closeTime: Math.floor(core.options.clock.now() / 1_000) - ledgerAge,
        hash: "58d6e012ac66805d62c3b4d219137693ae2be58a079fbe499338f1ed71ca86e4",
        maxTxSetSize: 100,
        num: core.ledger,
        version: 0,
      },
      network: core.passphrase,
      peers: { authenticated_count: authenticatedPeers, pending_count: pending },
      protocol_version: 19,
      quorum: { node: core.options.name, qset: { cost: 0, lag_ms: null } },
      startedOn: core.startedOn,
      state: core.state,
    },
  });
}

function renderPeers(core: CoreModel): string {
  const now = core.options.clock.monotonic();
  const connections = core.options.network.connectionsOf(core);
  const render = ({ other, authenticatedAt }: FakeConnection): unknown => ({
    address: other.options.address,
    elapsed: Math.max(0, Math.floor((now - authenticatedAt) / 1_000)),
    id: other.options.name,
    latency: 0,
    olver: 21,
    ver: "v19.0.1-dirty",
  });
  const group = (authenticated: boolean, direction: FakeConnection["direction"]): unknown => {
    const list = connections.filter((c) => c.authenticated === authenticated && c.direction === direction);
    return list.length === 0 ? null : list.map(render);
  };
  return renderStyled({
    authenticated_peers: { inbound: group(true, "inbound"), outbound: group(true, "outbound") },
    pending_peers: { inbound: group(false, "inbound"), outbound: group(false, "outbound") },
  });
}

/** Milliseconds in which nobody can have noticed that a peer connected from its side. */
const unnoticed = 500;

function connect(core: CoreModel, query: URLSearchParams): Outcome {
  const read = readPeerAddress(query.get("peer"), query.get("port"));
  if (!read.ok)
    return { answer: text(read.body), ...(read.hostname ? { complaint: "resolves a name" } : {}) };
  const { address } = read;
  const { network } = core.options;
  const answer = text(`Connect to: ${address}`);
  if (read.hostname) return { answer, complaint: "resolves a name" };
  if (address === core.options.address) return { answer, complaint: "connects to itself" };
  const known = network.connectionsOf(core).find(({ other }) => other.options.address === address);
  if (known) {
    const fresh = core.options.clock.monotonic() - known.authenticatedAt < unnoticed;
    return { answer, complaint: fresh ? "connected meanwhile" : "already connected" };
  }
  network.connect(core, address);
  return { answer };
}

function dropPeer(core: CoreModel, query: URLSearchParams): Outcome {
  const node = query.get("node") ?? "";
  if (node === "") return { answer: text("Must specify at least peer id: droppeer?node=NODE_ID") };
  const found = core.options.network
    .connectionsOf(core)
    .find(
      ({ other, authenticated }) =>
        authenticated && [other.options.name, `$${other.options.name}`].includes(node),
    );
  if (!found) return { answer: text(`Peer ${node} not found`) };
  core.options.network.disconnect(core, found.other, query.get("ban") === "1");
  return { answer: text(`Drop peer: ${node}`) };
}

function reload(core: CoreModel): Outcome {
  for (const address of core.options.onConfigReload?.() ?? []) core.options.network.connect(core, address);
  return { answer: text('{"status": "reloaded"}') };
}

/** Names as in the recordings; a command that is not here is unknown, among them some that a real Core has. */
const commands: Readonly<Record<string, (core: CoreModel, query: URLSearchParams) => Outcome>> = {
  "/info": (core) => ({ answer: text(renderInfo(core)) }),
  "/peers": (core) => ({ answer: text(renderPeers(core)) }),
  "/connect": connect,
  "/droppeer": dropPeer,
  "/bans": () => ({ answer: text(renderStyled({ bans: null })) }),
  "/self-check": () => ({ answer: text("") }),
  "/logrotate": () => ({ answer: text("Log rotate...") }),
};

const overlayCommands = new Set(["/peers", "/connect", "/droppeer", "/bans"]);

function isReload(path: string, query: URLSearchParams): boolean {
  return path === "/config-reload" || (path === "/http-command" && query.get("command") === "config-reload");
}

/** What a Core in this state answers to a path with its query, and what it would complain about in its log. */
export function answerCommand(core: CoreModel, target: string): Outcome {
  if (core.fault) return { answer: faults[core.fault] };
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  const query = new URLSearchParams(at < 0 ? "" : target.slice(at + 1));
  if (core.options.onConfigReload && isReload(path, query)) return reload(core);
  const command = core.options.standalone && overlayCommands.has(path) ? undefined : commands[path];
  return command ? command(core, query) : { answer: page(404, welcome) };
}
