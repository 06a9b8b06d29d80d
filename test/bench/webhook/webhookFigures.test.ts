import assert from "node:assert/strict";
import { it } from "node:test";
import type { ContenderRound } from "../../../bench/webhook/measureRound.ts";
import { webhookFigures } from "../../../bench/webhook/webhookFigures.ts";

function round(callsPerSecond: number, p99: number): ContenderRound {
  const memory = { resident: 100, anonymous: 50 };
  const result = { callsPerSecond, allCalls: 1, p50: 1, p99, p999: 9, busy: 0.5 };
  const cells = [
    { connections: 1, size: 2, processor: 0.1, result },
    { connections: 8, size: 2, processor: 0.1, result },
  ];
  return { ready: 0.2, atRest: memory, afterLoad: memory, cells };
}

const figures = webhookFigures(
  new Map([
    ["webhook", [round(1000, 1), round(1200, 3)]],
    ["pepr", [round(100, 9), round(300, 9)]],
    ["controller-runtime", [round(500, 2), round(500, 2)]],
    ["controller-runtime, direct", [round(500, 2), round(500, 2)]],
  ]),
);

function valuesOf(what: string): readonly number[] | undefined {
  return figures.find((figure) => figure.what === what)?.values;
}

it("calls are compared with pepr's of the same round, for each load", () => {
  assert.deepEqual(valuesOf("calls a second against pepr, 1 connection, 2 KB"), [10, 4]);
  assert.deepEqual(valuesOf("calls a second against pepr, 8 connections, 2 KB"), [10, 4]);
});

it("p99 is held against controller-runtime's with 8 connections alone", () => {
  assert.deepEqual(valuesOf("p99 against controller-runtime, 8 connections, 2 KB"), [0.5, 1.5]);
  assert.equal(valuesOf("p99 against controller-runtime, 1 connection, 2 KB"), undefined);
});

it("each webhook has its own figures", () => {
  const calls = figures.filter(({ what }) => what === "calls, 8 connections, 2 KB");
  assert.deepEqual(calls.map(({ of }) => of), ["webhook", "pepr", "controller-runtime", "controller-runtime, direct"]); // prettier-ignore
});
