import { makeValidator } from "../../test/agent/apply/makeValidator.ts";
import type { Figure } from "../Figure.ts";
import { findMost } from "./findMost.ts";
import type { GrowthSettings } from "./GrowthSettings.ts";
import { type AgentGrowth, measureAgentGrowth } from "./measureAgentGrowth.ts";
import { measureWebhookGrowth, type WebhookGrowth } from "./measureWebhookGrowth.ts";

const part = "growth";
/** Numbers of validators. */
const sizes = [3, 10, 30, 100, 300, 1_000, 3_000];
/** Kubernetes takes no longer name of a pod in a StatefulSet, and none of a namespace. */
const longestName = 63;
const testnet = "Test SDF Network ; September 2015";

/** What agent, document and webhook cost by the number of validators. */
export async function measureGrowth(
  settings: GrowthSettings,
  controlPlane: string,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const agents = await measureAgentGrowth(sizes, settings, controlPlane, say);
  const webhooks = await measureWebhookGrowth(sizes, settings, controlPlane, say);
  const most = (what: string, value: number): Figure => ({
    part,
    what,
    of: "agent",
    unit: "",
    values: [value],
  });
  return [
    ...agents.flatMap((growth) => agentFigures(growth)),
    ...webhooks.flatMap((growth) => webhookFigures(growth)),
    most("validators in 1 MiB, named as here", findMost((index) => makeValidator(index, { networkPassphrase: testnet }))),
    most("validators in 1 MiB, longest names", findMost(longNamed)),
  ]; // prettier-ignore
}

function longNamed(index: number): ReturnType<typeof makeValidator> {
  const name = `v${index}`.padEnd(longestName, "x");
  return makeValidator(index, { name, pod: name, namespace: name, networkPassphrase: testnet });
}

function agentFigures({ validators: at, leader, follower, document }: AgentGrowth): Figure[] {
  const figure = (what: string, unit: string, values: readonly number[]): Figure => ({ part, what, of: "agent", at, unit, values }); // prettier-ignore
  const each = [["leader", leader], ["follower", follower]] as const; // prettier-ignore
  return [
    figure("document", "bytes", [document]),
    ...each.flatMap(([who, rests]) => [
      figure(`resident memory, ${who}`, "MB", rests.map(({ resident }) => resident)),
      figure(`anonymous memory, ${who}`, "MB", rests.map(({ anonymous }) => anonymous)),
      figure(`processor at rest, ${who}`, "millicores", rests.map(({ millicores }) => millicores)),
      figure(`start to ready, ${who}`, "s", rests.map(({ ready }) => ready)),
    ]),
  ]; // prettier-ignore
}

function webhookFigures({ validators: at, loads, memory }: WebhookGrowth): Figure[] {
  const figure = (what: string, unit: string, values: readonly number[]): Figure => ({ part, what, of: "webhook", at, unit, values }); // prettier-ignore
  return [
    figure("review of 10 KB, p50", "ms", loads.map(({ p50 }) => p50)),
    figure("review of 10 KB, p99", "ms", loads.map(({ p99 }) => p99)),
    figure("resident memory, webhook", "MB", [memory.resident]),
  ]; // prettier-ignore
}
