import * as fc from "fast-check";
import { mutatedJson } from "./mutatedJson.ts";
import { mutatedText } from "./mutatedText.ts";

/** Texts of JSON: these real ones, scratched as texts and as values, and any others. */
export function bodies(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    mutatedText(seeds),
    mutatedJson(seeds.map((seed) => JSON.parse(seed) as unknown)).map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string(),
  );
}
