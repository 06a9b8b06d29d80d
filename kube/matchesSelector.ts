import type { LabelSelector } from "./LabelSelector.ts";

type Labels = Readonly<Record<string, string>>;
type Expression = NonNullable<LabelSelector["matchExpressions"]>[number];

function matchesExpression(labels: Labels, { key, operator, values = [] }: Expression): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (operator === "Exists") return value !== undefined;
  if (operator === "DoesNotExist") return value === undefined;
  const isListed = value !== undefined && values.includes(value);
  return operator === "In" ? isListed : !isListed;
}

/** Whether labels satisfy a selector (meta/v1 LabelSelector); an empty one is satisfied by all. */
export function matchesSelector(labels: Labels, selector: LabelSelector = {}): boolean {
  const pairs = Object.entries(selector.matchLabels ?? {});
  return (
    pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    (selector.matchExpressions ?? []).every((expression) => matchesExpression(labels, expression))
  );
}
