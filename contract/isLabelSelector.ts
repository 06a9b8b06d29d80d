const name = "[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?";
const key = `([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?/)?${name}`;
const value = `(${name})?`;
const set = `\\(\\s*${value}(\\s*,\\s*${value})*\\s*\\)`;
const term = `\\s*(!\\s*${key}|${key}(\\s*(=|==|!=)\\s*${value}|\\s+(in|notin)\\s*${set})?)\\s*`;
const selector = new RegExp(`^${term}(,${term})*$`);

/** True for a label selector in Kubernetes's notation (apimachinery 1.37, pkg/labels/selector.go), the empty one excepted. */
export function isLabelSelector(text: string): boolean {
  return text.length <= 4096 && selector.test(text);
}
