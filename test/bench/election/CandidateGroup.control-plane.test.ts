import assert from "node:assert/strict";
import { it } from "node:test";
import { CandidateGroup } from "../../../bench/election/CandidateGroup.ts";
import { contenders } from "../../../bench/election/contenders.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";

const control = await useControlPlane(import.meta.url);

it(
  "of three candidates in processes of their own another one leads soon after the leader was told to end",
  { skip: control.skip, timeout: 60_000 },
  async () => {
    const lease = `${control.prefix}-lease`;
    const { agent } = contenders("not needed");
    const group = new CandidateGroup(agent, { kubeconfig: control.kubeconfig, lease });
    try {
      await group.fill();
      const seconds = await group.takeOver("SIGTERM");
      assert.ok(seconds > 0 && seconds < 5, `${seconds} s`);
      await group.fill();
    } finally {
      await group.close();
    }
  },
);
