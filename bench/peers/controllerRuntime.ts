import type { BinarySet } from "../../test/control-plane/BinarySet.ts";

/** A webhook on controller-runtime that makes the same patch, as in the folder beside this file. */
export const controllerRuntime: BinarySet = {
  folder: "bench",
  assets: false,
  modules: [
    {
      directory: "../../../bench/peers/controller-runtime",
      binaries: [{ name: "controller-runtime-webhook", package: "." }],
      expected: 120,
    },
  ],
};
