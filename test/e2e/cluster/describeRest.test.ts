import assert from "node:assert/strict";
import { it } from "node:test";
import { describeRest } from "./describeRest.ts";

const mebibyte = 2 ** 20;

it("agents at rest are described by their memory and the processor time between two looks", () => {
  const look = (at: number, ...cpu: readonly number[]) =>
    new Map(cpu.map((seconds, index) => [`pod-${index}`, { usage: (60 + index) * mebibyte, anonymous: 50 * mebibyte, cpu: seconds, at }])); // prettier-ignore
  assert.equal(
    describeRest(look(0, 1, 1), look(120_000, 1.12, 1.6)),
    "2 agents over 120 to 120 s: memory 60.0 to 61.0 MiB, of it anonymous 50.0 to 50.0 MiB; CPU 1.0 to 5.0 thousandths of a core",
  );
});

it("agents that were not looked at twice are not described", () => {
  const look = new Map([["pod", { usage: 1, anonymous: 1, cpu: 1, at: 1 }]]);
  assert.equal(describeRest(new Map(), look), undefined);
  assert.equal(describeRest(look, look), undefined);
});
