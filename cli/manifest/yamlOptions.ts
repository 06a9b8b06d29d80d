import type { ScalarTag, Tags } from "yaml";

/** Kubernetes's parser knows neither: what looks like one is a string to it. */
function isKnown(tag: Tags[number]): boolean {
  if (typeof tag === "string") return true;
  return tag.tag !== "tag:yaml.org,2002:timestamp" && !("format" in tag && tag.format === "TIME");
}

function keepSource(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || tag.collection || !/:(int|float)$/.test(tag.tag)) return tag;
  const number: ScalarTag = tag;
  return {
    ...number,
    stringify: (item, ...rest) => item.source ?? number.stringify?.(item, ...rest) ?? String(item.value),
  };
}

/**
 * YAML as Kubernetes reads it: version 1.1, in which 0644 is octal and `yes` is true. Numbers are written as they stood.
 */
export const yamlOptions = {
  version: "1.1",
  lineWidth: 0,
  aliasDuplicateObjects: false,
  customTags: (tags: Tags): Tags => tags.filter(isKnown).map(keepSource),
} as const;
