/**
 * Prints how many bytes the handler allocates a call, for a pod of as many bytes as the argument says; see
 * countAllocations.
 */
import { makeReview } from "../handler/makeReview.ts";
import { openHandler } from "../handler/openHandler.ts";

const calls = 500;
const handler = openHandler();
const body = makeReview(Number(process.argv[2]));
const answer = (): void => {
  for (let call = 0; call < calls; call += 1) JSON.stringify(handler.answer(body).body);
};
const { gc } = globalThis;
if (!gc) throw new Error("to be run with --expose-gc");
answer();
gc();
const before = process.memoryUsage().heapUsed;
answer();
console.log(Math.round((process.memoryUsage().heapUsed - before) / calls));
