/**
 * The load generator of `npm run bench -- webhook`: a process of its own that keeps calls under way on so many
 * connections and prints a LoadResult as JSON.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { quantile } from "../../measure/quantile.ts";
import { LoadConnection } from "./LoadConnection.ts";
import type { LoadResult } from "./LoadResult.ts";

const text = { type: "string", default: "" } as const;
const { values } = parseArgs({
  options: { port: text, path: text, ca: text, body: text, connections: text, warm: text, seconds: text },
});

const body = await readFile(values.body);
const target = { port: Number(values.port), path: values.path, ca: await readFile(values.ca, "utf8") };
const connections = await Promise.all(
  Array.from({ length: Number(values.connections) }, () => LoadConnection.open(target, body)),
);

const first = await connections[0]?.call();
if (first?.status !== 200 || !first.body.includes('"patch"'))
  throw new Error(`no patch: ${first?.status} ${first?.body.toString("utf8", 0, 500)}`);
const length = first.body.length;

/** Calls without a pause until `end`; milliseconds of each. */
async function callUntil(end: number, connection: LoadConnection): Promise<number[]> {
  const took: number[] = [];
  for (let start = performance.now(); start < end;) {
    const answer = await connection.call();
    const now = performance.now();
    // The same review has the same answer, but for the order of a patch's parts.
    if (answer.status !== 200 || answer.body.length !== length)
      throw new Error(`another answer: ${answer.status} ${answer.body.toString("utf8", 0, 500)}`);
    took.push(now - start);
    start = now;
  }
  return took;
}

async function all(seconds: number): Promise<{ took: Float64Array; seconds: number }> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const took = await Promise.all(connections.map((connection) => callUntil(end, connection)));
  return { took: Float64Array.from(took.flat()), seconds: (performance.now() - start) / 1000 };
}

const warm = await all(Number(values.warm));
const before = process.cpuUsage();
const { took, seconds } = await all(Number(values.seconds));
const spent = process.cpuUsage(before);
for (const connection of connections) connection.close();
took.sort();
const result: LoadResult = {
  callsPerSecond: took.length / seconds,
  allCalls: warm.took.length + took.length,
  p50: quantile(took, 0.5),
  p99: quantile(took, 0.99),
  p999: quantile(took, 0.999),
  busy: (spent.user + spent.system) / 1e6 / seconds,
};
console.log(JSON.stringify(result));
