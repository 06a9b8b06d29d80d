import type { BinarySet } from "../../test/control-plane/BinarySet.ts";

/** prometheus-config-reloader, as pinned in the folder beside this file. */
export const configReloader: BinarySet = {
  folder: "bench",
  assets: false,
  modules: [
    {
      directory: "../../../bench/peers/config-reloader",
      binaries: [
        {
          name: "prometheus-config-reloader",
          package: "github.com/prometheus-operator/prometheus-operator/cmd/prometheus-config-reloader",
        },
      ],
      expected: 120,
    },
  ],
};
