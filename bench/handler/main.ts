/**
 * How long the webhook's handler takes for one AdmissionReview, without HTTP: `npm run bench:handler`.
 */
import { setImmediate as turn } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ReviewHandler } from "../../webhook/admission/ReviewHandler.ts";
import { makeReview } from "./makeReview.ts";
import { openHandler } from "./openHandler.ts";

const help = `Usage: npm run bench:handler [-- --seconds N] [--rate N] [--bytes N]

Answers AdmissionReviews in this process, at a steady rate, as the webhook does: reads the JSON, decides, makes the patch,
logs, counts, writes the answer's JSON. Prints the time that one takes.

  --seconds N  for how long; 30 unless told otherwise
  --rate N     calls a second; 1000
  --bytes N    the pod's size as JSON; 10240
`;

interface Run {
  readonly seconds: number;
  readonly rate: number;
  readonly bytes: number;
}

/** Milliseconds of each call. */
async function measure(handler: ReviewHandler, { seconds, rate, bytes }: Run): Promise<Float64Array> {
  const body = makeReview(bytes);
  const took = new Float64Array(seconds * rate);
  const start = performance.now();
  for (let call = 0; call < took.length; call += 1) {
    while (performance.now() < start + (call * 1_000) / rate) await turn();
    const began = performance.now();
    const answer = handler.answer(body);
    const text = JSON.stringify(answer.body);
    took[call] = performance.now() - began;
    if (answer.status !== 200 || !text.includes('"patch"')) throw new Error(`no patch: ${text}`);
  }
  return took.toSorted();
}

async function main(): Promise<number> {
  const number = { type: "string" } as const;
  const options = { seconds: number, rate: number, bytes: number, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const read = (text: string | undefined, fallback: number): number => Number(text ?? fallback);
  const run = {
    seconds: read(values.seconds, 30),
    rate: read(values.rate, 1_000),
    bytes: read(values.bytes, 10_240),
  };
  const handler = openHandler();
  console.log(`${run.rate} reviews a second for ${run.seconds} s, each of a pod of ${run.bytes} bytes`);
  await measure(handler, { ...run, seconds: 2 });
  const took = await measure(handler, run);
  const quantile = (share: number): string => (took[Math.floor(took.length * share)] ?? 0).toFixed(3);
  console.log(
    `p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, p99.9 ${quantile(0.999)} ms, most ${quantile(1 - 1e-9)} ms`,
  );
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
