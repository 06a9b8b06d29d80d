import { join } from "node:path";
import { freePort } from "../../test/e2e/freePort.ts";
import { Program } from "../measure/Program.ts";
import type { Addition } from "./Addition.ts";
import type { Contender } from "./Contender.ts";
import type { PeerCertificate } from "./PeerCertificate.ts";

/**
 * The webhook of bench/peers/controller-runtime, out of the folder of its binary: as one is usually written, with the
 * difference of two pods (`compared`), or with a patch that it writes itself (`direct`).
 */
export function controllerRuntimeContender(options: {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly certificate: PeerCertificate;
  readonly addition: Addition;
  readonly patch: "compared" | "direct";
}): Contender {
  const { folder, kubeconfig, certificate, addition, patch } = options;
  return {
    name: patch === "compared" ? "controller-runtime" : "controller-runtime, direct",
    start: async () => {
      const [port, healthPort] = [await freePort(), await freePort()];
      const environment = {
        KUBECONFIG: kubeconfig,
        PORT: String(port),
        HEALTH_ADDRESS: `127.0.0.1:${healthPort}`,
        CERTIFICATES: certificate.directory,
        ADDITION: JSON.stringify(addition),
        PATCH: patch,
      };
      const program = new Program(join(folder, "controller-runtime-webhook"), [], environment, "dropped");
      const ready = await program.ready(`http://127.0.0.1:${healthPort}/readyz`);
      return { program, ready, target: { port, path: "/mutate", ca: certificate.ca } };
    },
  };
}
