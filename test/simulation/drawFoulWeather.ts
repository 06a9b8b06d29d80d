import { fairWeather } from "./fairWeather.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { Weather } from "./Weather.ts";

/** Some bad weather. */
export function drawFoulWeather(random: SeededRandom): Weather {
  const kind = random.integer(0, 5);
  if (kind === 0) return { ...fairWeather, partition: "refused" };
  if (kind === 1) return { ...fairWeather, partition: "hung" };
  if (kind === 2) return { ...fairWeather, errors: 0.5, lostAnswers: 0.3 };
  if (kind === 3) return { ...fairWeather, breaks: 0.3, expiries: 0.2, repeats: 0.3 };
  if (kind === 4) return { ...fairWeather, hangs: 0.3, latency: 500 };
  return {
    ...fairWeather,
    errors: 0.2,
    lostAnswers: 0.2,
    hangs: 0.1,
    breaks: 0.2,
    expiries: 0.1,
    latency: 8000,
  };
}
