import { refusals } from "./refusals.ts";

type Labels = Readonly<Record<string, string>>;

const name = String.raw`[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?`;
const value = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?`;
const presence = new RegExp(String.raw`^(!?)\s*(${name})$`);
const equality = new RegExp(String.raw`^(${name})\s*(==|=|!=)\s*(${value})$`);
const membership = new RegExp(String.raw`^(${name})\s+(in|notin)\s*\(([^()]*)\)$`);

/**
 * What a label selector demands, as a function of an object's labels. As on a real server a key that is missing
 * satisfies `!=` and `notin`. Throws the server's 400.
 */
export function parseLabelSelector(selector: string): (labels: Labels) => boolean {
  const requirements = selector
    // A comma within parentheses does not end a requirement.
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term, _index, all) => term !== "" || all.length > 1)
    .map(parseRequirement);
  return (labels) => requirements.every((holds) => holds(labels));
}

function parseRequirement(term: string): (labels: Labels) => boolean {
  const exists = presence.exec(term);
  if (exists) {
    const [, not, key = ""] = exists;
    return (labels) => Object.hasOwn(labels, key) !== (not === "!");
  }
  const equal = equality.exec(term);
  if (equal) {
    const [, key = "", operator, wanted] = equal;
    return (labels) => (labels[key] === wanted) !== (operator === "!=");
  }
  const member = membership.exec(term);
  if (!member) throw refusals.badRequest(`unable to parse requirement: ${JSON.stringify(term)}`);
  const [, key = "", operator, list = ""] = member;
  const values = new Set(list.split(",").map((entry) => entry.trim()));
  return (labels) => {
    const found = labels[key];
    return (found !== undefined && values.has(found)) === (operator === "in");
  };
}
