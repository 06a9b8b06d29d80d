import type { BinarySet } from "../../test/control-plane/BinarySet.ts";

/** Candidates by client-go's tools/leaderelection: the program in the folder beside this file, its modules pinned. */
export const clientGo: BinarySet = {
  folder: "bench",
  assets: false,
  modules: [
    {
      directory: "../../../bench/peers/client-go",
      binaries: [{ name: "client-go-candidates", package: "." }],
      expected: 60,
    },
  ],
};
