/**
 * A real kube-apiserver to look around in: `npm run control-plane`. Runs until Ctrl-C.
 */
import { parseArgs } from "node:util";
import { lineProgress } from "./lineProgress.ts";
import { prepareBinaries } from "./prepareBinaries.ts";
import { prepareCluster } from "./prepareCluster.ts";
import { startControlPlane } from "./startControlPlane.ts";

const help = `npm run control-plane [-- OPTIONS]

Starts etcd and kube-apiserver on this machine, with the StellarNode resource, until Ctrl-C.
The binaries are taken from KUBEBUILDER_ASSETS, else from the cache, else built with Go (about 7 minutes, once).

  --build-only  only see to it that the binaries are there, and print their folder
  --with-node   with --build-only: those of a cluster of one node as well, kubelet and controllers (2 minutes more)
  --help        print this
`;

async function main(): Promise<number> {
  const options = {
    "build-only": { type: "boolean" },
    "with-node": { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const prepare = values["with-node"] && values["build-only"] ? prepareCluster : prepareBinaries;
  const binaries = await prepare(
    process.env,
    lineProgress((line) => console.error(line)),
  );
  if (!binaries) {
    console.error("There are no binaries: set KUBEBUILDER_ASSETS to a folder of them, or install Go 1.26.");
    return 1;
  }
  if (values["build-only"]) {
    console.log(binaries);
    return 0;
  }
  return serve(binaries);
}

async function serve(binaries: string): Promise<number> {
  const started = await startControlPlane(binaries);
  const { running, failure } = started;
  console.log(`kube-apiserver at ${running.url}; in another terminal:

  export KUBECONFIG=${running.kubeconfig}
  ${binaries}/kubectl api-resources

Ctrl-C ends it.`);
  // Holds this process: the servers do not.
  const hold = setInterval(() => undefined, 60_000);
  const asked = new Promise<undefined>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(undefined));
  });
  const reason = await Promise.race([asked, failure]);
  clearInterval(hold);
  if (reason) console.error(reason);
  await started.close();
  return reason ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
