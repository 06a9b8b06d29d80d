import type { ChaosCluster } from "./ChaosCluster.ts";

/** What the fake Cores have to complain of, a sentence each. */
export function judgeCores({ cores }: ChaosCluster): readonly string[] {
  const addresses = new Set([...cores.values()].map(({ model }) => model.options.address));
  return [...cores].flatMap(([pod, { model }]) =>
    model.requests.flatMap((request) => {
      const { authenticatedPeers, complaint, ledgerAge, state, target } = request;
      const query = new URLSearchParams(target.split("?")[1] ?? "");
      const dialed = target.startsWith("/connect") ? `${query.get("peer")}:${query.get("port")}` : undefined;
      const healthy = state === "Synced!" && ledgerAge < 15 && authenticatedPeers > 0;
      return [
        ...(complaint !== undefined && complaint !== "connected meanwhile"
          ? [`${pod}: ${complaint} (${target})`]
          : []),
        ...(dialed !== undefined && !addresses.has(dialed)
          ? [`${pod} was told to dial ${dialed}, which is nobody`]
          : []),
        ...(target.includes("config-reload") && !healthy
          ? [`${pod} was asked to reload while ${state}`]
          : []),
      ];
    }),
  );
}
