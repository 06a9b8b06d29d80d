import { fairWeather } from "./fairWeather.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { Weather } from "./Weather.ts";

const all: Weather = {
  ...fairWeather,
  errors: 0.2,
  lostAnswers: 0.2,
  lateWrites: 0.1,
  staleReads: 0.2,
  hangs: 0.1,
  breaks: 0.2,
  expiries: 0.1,
  latency: 8_000,
};
const kinds: readonly Weather[] = [
  { ...fairWeather, partition: "refused" },
  { ...fairWeather, partition: "hung" },
  { ...fairWeather, errors: 0.5, lostAnswers: 0.3 },
  { ...fairWeather, breaks: 0.3, expiries: 0.2, repeats: 0.3 },
  { ...fairWeather, hangs: 0.3, latency: 500 },
  { ...fairWeather, lateWrites: 0.5, lostAnswers: 0.2 },
  { ...fairWeather, staleReads: 0.7, breaks: 0.3, expiries: 0.3 },
  all,
];
/** What a fault may be confined to: rights that were taken away, a resource that the server can't serve. */
const objects = ["StellarNode", "EndpointSlice", "ConfigMap", "Lease"];

/** Some bad weather. */
export function drawFoulWeather(random: SeededRandom): Weather {
  const weather = random.pick(kinds);
  return random.chance(0.3) ? { ...weather, only: random.pick(objects) } : weather;
}
