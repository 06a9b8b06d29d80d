import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planTrust } from "../../../webhook/tls/planTrust.ts";

const pem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;
const [own, other] = [pem("own"), pem("other")];

describe("planTrust", () => {
  it("wants its own CA alone where nothing else is trusted", () => {
    const plan = planTrust({ bundles: ["", own], own, seen: new Map(), now: 0 });
    assert.equal(plan.bundle, own);
    assert.equal(plan.seen.size, 0);
  });

  it("leaves another CA beside its own for ten minutes, and no longer", () => {
    const first = planTrust({ bundles: [other, other], own, seen: new Map(), now: 1_000 });
    assert.equal(first.bundle, own + other);
    const bundles = [first.bundle, first.bundle];
    assert.equal(planTrust({ bundles, own, seen: first.seen, now: 600_999 }).bundle, own + other);
    const last = planTrust({ bundles, own, seen: first.seen, now: 601_000 });
    assert.equal(last.bundle, own);
  });

  it("begins the ten minutes anew for a CA that was gone and is back", () => {
    const gone = planTrust({ bundles: [own], own, seen: new Map([[other, 0]]), now: 500_000 });
    const back = planTrust({ bundles: [own + other], own, seen: gone.seen, now: 700_000 });
    assert.equal(back.bundle, own + other);
  });

  it("comes to the same bundle in two replicas of one CA, whatever the order in what they see", () => {
    const third = pem("third");
    const see = (bundle: string) => planTrust({ bundles: [bundle], own, seen: new Map(), now: 0 }).bundle;
    assert.equal(see(third + other), see(other + own + third));
  });

  it("settles: what is wanted once is there is wanted again", () => {
    const { bundle, seen } = planTrust({ bundles: [other, ""], own, seen: new Map(), now: 0 });
    assert.equal(planTrust({ bundles: [bundle, bundle], own, seen, now: 1 }).bundle, bundle);
  });
});
