import * as fc from "fast-check";

type Edit = (text: string, at: number) => string;

const edits: readonly Edit[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(0, at),
  (text, at) => `${text.slice(0, at)}"${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}\u0000${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}\uFEFF${text.slice(at)}`,
  (text, at) => text.slice(0, at) + text.slice(at).replace(/\d+/, "1e999"),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/"[^"]*"/, "null"),
];

/** Real texts, cut, doubled and scratched in one to three places. */
export function mutatedText(seeds: readonly string[]): fc.Arbitrary<string> {
  const changes = fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat(100_000)), {
    minLength: 1,
    maxLength: 3,
  });
  return fc
    .tuple(fc.constantFrom(...seeds), changes)
    .map(([seed, drawn]) =>
      drawn.reduce((text, [edit, place]) => edit(text, text.length === 0 ? 0 : place % text.length), seed),
    );
}
