import type { ScalarTag, Tags } from "yaml";

type Tag = Tags[number];

/** Kubernetes's parser knows neither: what looks like one is a string to it. */
function isKnown(tag: Tag): boolean {
  if (typeof tag === "string") return true;
  return tag.tag !== "tag:yaml.org,2002:timestamp" && !("format" in tag && tag.format === "TIME");
}

/** A lone y or n is more often meant as a string; Kubernetes refuses it where it has to be one, so that nothing hangs on it. */
function withoutLetters(tag: ScalarTag): ScalarTag {
  if (!tag.test) return tag;
  return { ...tag, test: new RegExp(tag.test.source.replace(/Y\|y\||N\|n\|/, "")) };
}

function keepSource(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify: (item, ...rest) => item.source ?? tag.stringify?.(item, ...rest) ?? String(item.value),
  };
}

function adapt(tag: Tag): Tag {
  if (typeof tag === "string" || tag.collection) return tag;
  if (tag.tag === "tag:yaml.org,2002:bool") return withoutLetters(tag);
  return /:(int|float)$/.test(tag.tag) ? keepSource(tag) : tag;
}

/**
 * YAML as Kubernetes reads it: version 1.1, in which 0644 is octal and `yes` is true. Numbers are written as they stood.
 */
export const yamlOptions = {
  version: "1.1",
  lineWidth: 0,
  aliasDuplicateObjects: false,
  customTags: (tags: Tags): Tags => tags.filter(isKnown).map(adapt),
} as const;
