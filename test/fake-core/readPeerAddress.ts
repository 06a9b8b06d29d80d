export type PeerAddress =
  | { readonly ok: true; readonly address: string; readonly hostname: boolean }
  | { readonly ok: false; readonly body: string; readonly hostname: boolean };

function exception(message: string): string {
  return JSON.stringify({ exception: message }).replace(":", ": ");
}

/** What 19.0.1 makes of `/connect`'s parameters: every form of the recordings. `localhost` is the one name it resolves. */
export function readPeerAddress(peer: string | null, port: string | null): PeerAddress {
  if (peer === null || port === null || port === "")
    return { ok: false, body: "Must specify a peer and port: connect&peer=PEER&port=PORT", hostname: false };
  const address = `${peer}:${port}`;
  if (!/^[-.a-zA-Z0-9]+:\d{1,5}$/.test(address))
    return { ok: false, body: exception(`Cannot parse peer address '${address}'`), hostname: false };
  const octets = peer.split(".");
  const numeric = octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet));
  const resolves = numeric ? octets.every((octet) => Number(octet) <= 255) : peer === "localhost";
  if (!resolves)
    return {
      ok: false,
      body: exception(`Could not resolve '${address}': Host not found (authoritative)`),
      hostname: !numeric,
    };
  if (Number(port) < 1 || Number(port) > 65_535)
    return { ok: false, body: exception(`Could not resolve '${address}': Success`), hostname: false };
  return { ok: true, address, hostname: !numeric };
}
