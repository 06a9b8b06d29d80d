import { CandidateGroup } from "./CandidateGroup.ts";
import type { Contender } from "./Contender.ts";

/** At once, so that the 15 s after each crash are waited for once for all of them. */
const groups = 8;

/**
 * Seconds that a new leader took after the old one's end, at least `tries` times. Each round ends the leaders of eight
 * groups within five seconds, and starts others in their place only after all have a new one.
 */
export async function measureTakeOver(
  contender: Contender,
  signal: "SIGTERM" | "SIGKILL",
  place: { readonly kubeconfig: string; readonly lease: string; readonly tries: number },
): Promise<readonly number[]> {
  const { kubeconfig, lease, tries } = place;
  const all = Array.from(
    { length: Math.min(groups, tries) },
    (_, index) => new CandidateGroup(contender, { kubeconfig, lease: `${lease}-${index}` }),
  );
  const took: number[] = [];
  try {
    while (took.length < tries) {
      await Promise.all(all.map((group) => group.fill()));
      took.push(...(await Promise.all(all.map((group) => group.takeOver(signal)))));
    }
    return took;
  } finally {
    await Promise.all(all.map((group) => group.close()));
  }
}
