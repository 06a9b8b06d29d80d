import { isMap, isScalar, parseDocument, type Pair, type YAMLMap } from "yaml";

export interface ChartValue {
  /** Such as `agent.image.tag`. */
  readonly path: string;
  /** As JSON. */
  readonly fallback: string;
  /** The comment above it; empty when there is none. */
  readonly comment: string;
}

function clean(comment: string | null | undefined): string {
  return (comment ?? "")
    .replaceAll(/^ /gm, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}

/** A blank line ends a comment: what stands above it belongs to the file, not to the key. */
function lastBlock(comment: string | null | undefined): string {
  return clean((comment ?? "").split(/\n\s*\n/).at(-1));
}

/** The comment above the first key of a map belongs, to the parser, to the map. */
function commentOf(pair: Pair, map: YAMLMap): string {
  const first = map.items[0] === pair ? lastBlock(map.commentBefore) : "";
  return isScalar(pair.key) && pair.key.commentBefore ? lastBlock(pair.key.commentBefore) : first;
}

function readMap(map: YAMLMap, prefix: string): ChartValue[] {
  return map.items.flatMap((pair): ChartValue[] => {
    const path = prefix + String(isScalar(pair.key) ? pair.key.value : pair.key);
    const comment = commentOf(pair, map);
    const { value } = pair;
    if (!isMap(value) || value.items.length === 0) {
      const plain: unknown = isScalar(value) ? value.value : isMap(value) ? {} : [];
      return [{ path, fallback: JSON.stringify(plain), comment }];
    }
    const inner = readMap(value, `${path}.`);
    return comment === "" ? inner : [{ path, fallback: "", comment }, ...inner];
  });
}

/** The chart's values in their order, with the comments above them; a group with a comment comes as a row of its own. */
export function readValues(text: string): readonly ChartValue[] {
  const { contents } = parseDocument(text);
  return isMap(contents) ? readMap(contents, "") : [];
}
