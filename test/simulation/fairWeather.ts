import type { Weather } from "./Weather.ts";

/** Nothing goes wrong; a message takes up to 20 ms. */
export const fairWeather: Weather = {
  partition: "none",
  errors: 0,
  lostAnswers: 0,
  lateWrites: 0,
  staleReads: 0,
  hangs: 0,
  breaks: 0,
  expiries: 0,
  repeats: 0,
  latency: 20,
};
