import { after, before, describe } from "node:test";
import { admissionCases } from "./conformance/admissionCases.ts";
import { applyCases } from "./conformance/applyCases.ts";
import type { ConformanceTarget } from "./conformance/ConformanceTarget.ts";
import { fencingCases } from "./conformance/fencingCases.ts";
import { kindCases } from "./conformance/kindCases.ts";
import { patchCases } from "./conformance/patchCases.ts";
import { podCases } from "./conformance/podCases.ts";
import { readCases } from "./conformance/readCases.ts";
import { Suite } from "./conformance/Suite.ts";
import { watchCases } from "./conformance/watchCases.ts";
import { writeCases } from "./conformance/writeCases.ts";

const allCases = [
  writeCases,
  fencingCases,
  patchCases,
  applyCases,
  readCases,
  watchCases,
  kindCases,
  podCases,
  admissionCases,
];

/** What every KubeApi must do alike. The real server is the measure: where another differs, that one is wrong. */
export function kubeApiConformance(
  name: string,
  open: () => Promise<ConformanceTarget>,
  options: { readonly skip?: string | false } = {},
): void {
  describe(`${name} is a KubeApi that`, { skip: options.skip ?? false, timeout: 120_000 }, () => {
    const suite = new Suite();
    before(async () => suite.open(await open()));
    after(async () => suite.target.close());
    for (const cases of allCases) cases(suite);
  });
}
