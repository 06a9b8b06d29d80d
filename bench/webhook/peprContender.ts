import { join } from "node:path";
import { freePort } from "../../test/e2e/freePort.ts";
import { Program } from "../measure/Program.ts";
import type { Addition } from "./Addition.ts";
import type { Contender } from "./Contender.ts";
import type { PeerCertificate } from "./PeerCertificate.ts";

const apiPath = "bench";

/**
 * The module of bench/peers/pepr with the environment that pepr gives its admission pods, out of the folder that it is
 * installed in. Alone: the process that starts it in pepr's image, and stays beside it, is left out.
 */
export function peprContender(options: {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly certificate: PeerCertificate;
  readonly addition: Addition;
}): Contender {
  const { folder, kubeconfig, certificate, addition } = options;
  return {
    name: "pepr",
    start: async () => {
      const port = await freePort();
      const environment = {
        KUBECONFIG: kubeconfig,
        PORT: String(port),
        PEPR_WATCH_MODE: "false",
        PEPR_PRETTY_LOG: "false",
        LOG_LEVEL: "info",
        PEPR_API_PATH: apiPath,
        SSL_CERT_PATH: join(certificate.directory, "tls.crt"),
        SSL_KEY_PATH: join(certificate.directory, "tls.key"),
        ADDITION: JSON.stringify(addition),
      };
      const program = new Program(process.execPath, [join(folder, "main.js")], environment, "dropped");
      const { ca } = certificate;
      const ready = await program.ready(`https://127.0.0.1:${port}/healthz`, ca);
      return { program, ready, target: { port, path: `/mutate/${apiPath}`, ca } };
    },
  };
}
