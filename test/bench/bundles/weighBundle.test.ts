import assert from "node:assert/strict";
import { it } from "node:test";
import { weighBundle } from "../../../bench/bundles/weighBundle.ts";
import { programs } from "../../../scripts/build/programs.ts";

/** What was left after the last look at what each bundle needs, and a twentieth more. A bundle that outgrows it got a
 * dependency that should be looked at: memory and start of every agent follow from it. */
const most: Readonly<Record<string, { readonly bytes: number; readonly modules: number }>> = {
  agent: { bytes: 1_736_000, modules: 676 },
  webhook: { bytes: 2_225_000, modules: 893 },
  cli: { bytes: 497_000, modules: 248 },
};

for (const program of programs)
  it(`${program.name}.js has not grown`, async (t) => {
    const { bytes, modules } = await weighBundle(program);
    t.diagnostic(`${bytes} bytes of ${modules} modules`);
    const limit = most[program.name];
    assert.ok(limit, `${program.name} has no limit`);
    assert.ok(bytes <= limit.bytes, `${bytes} bytes, at most ${limit.bytes}`);
    assert.ok(modules <= limit.modules, `${modules} modules, at most ${limit.modules}`);
  });
