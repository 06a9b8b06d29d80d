import * as fc from "fast-check";

type Json = fc.JsonValue;

const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<Json[]>(
    null,
    "",
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [null],
    { __proto__: null },
    "\u0000",
    "a".repeat(300),
  ),
);

function isContainer(value: unknown): value is Record<string, Json> | Json[] {
  return typeof value === "object" && value !== null;
}

/** The value with what stands at the end of a walk through it replaced, removed or doubled. */
function mutate(value: Json, walk: readonly number[], change: Json | undefined): Json {
  if (!isContainer(value) || walk.length === 0) return change ?? null;
  const copy = structuredClone(value);
  const keys = Object.keys(copy);
  const key = keys[(walk[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return change ?? null;
  const target = copy as Record<string, Json>;
  const child = target[key] ?? null;
  if (walk.length > 1 && isContainer(child)) target[key] = mutate(child, walk.slice(1), change);
  else if (change !== undefined) target[key] = change;
  else if (Array.isArray(copy)) copy.push(structuredClone(child));
  else delete target[key];
  return copy;
}

/** Real documents, changed in one to three places. */
export function mutatedJson(seeds: readonly unknown[]): fc.Arbitrary<Json> {
  const changes = fc.array(
    fc.tuple(fc.array(fc.nat(30), { minLength: 1, maxLength: 9 }), fc.option(strange, { nil: undefined })),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .tuple(fc.constantFrom(...(seeds as Json[])), changes)
    .map(([seed, drawn]) => drawn.reduce<Json>((value, [walk, change]) => mutate(value, walk, change), seed));
}
