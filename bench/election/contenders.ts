import { Program } from "../measure/Program.ts";
import type { Contender } from "./Contender.ts";

/** The product's election, and client-go's, as built at `binary`. */
export function contenders(binary: string): { readonly agent: Contender; readonly peer: Contender } {
  return {
    agent: contender(process.execPath, ["bench/candidates/main.ts"]),
    peer: contender(binary, []),
  };
}

/** Both programs take the same flags. */
function contender(command: string, before: readonly string[]): Contender {
  return {
    start: ({ kubeconfig, lease, identity, candidates }) => {
      const flags = {
        kubeconfig,
        namespace: "default",
        name: lease,
        identity,
        candidates: String(candidates),
      };
      const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
      return new Program(command, [...before, ...args], {});
    },
  };
}
