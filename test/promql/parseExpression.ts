import type { Expression, Matcher, Selector } from "./Expression.ts";

const token =
  /\s*(?:(?<duration>\d+[smhd](?![a-z]))|(?<number>\d+(?:\.\d+)?)|(?<word>[a-zA-Z_:][\w:]*)|(?<text>"[^"\\]*")|(?<sign>==|!=|[-+*/(){}[\],=<>]))/y;
const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const aggregates = new Set(["sum", "max", "min", "count", "avg"]);
/** From the loosest to the tightest; all bind to the left. */
const precedence: readonly (readonly string[])[] = [["or"], ["==", ">", "<"], ["+", "-"], ["*", "/"]];

function split(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new SyntaxError(`not understood from "${text.slice(at)}" on`);
    found.push(match[0].trim());
  }
  return found;
}

class Parser {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = split(text);
  }

  whole(): Expression {
    const expression = this.#binary(0);
    if (this.#tokens.length > 0) throw new SyntaxError(`too much: ${this.#tokens.join(" ")}`);
    return expression;
  }

  #accept(...expected: readonly string[]): string | undefined {
    const [next] = this.#tokens;
    return next !== undefined && expected.includes(next) ? this.#tokens.shift() : undefined;
  }

  #expect(expected: string): void {
    if (this.#accept(expected) === undefined)
      throw new SyntaxError(`"${expected}" expected, not "${this.#tokens[0] ?? "the end"}"`);
  }

  #take(form: RegExp, what: string): string {
    const next = this.#tokens.shift() ?? "the end";
    if (!form.test(next)) throw new SyntaxError(`${what} expected, not "${next}"`);
    return next;
  }

  #list<Item>(end: string, item: () => Item): readonly Item[] {
    const items: Item[] = [];
    while (this.#accept(end) === undefined) {
      if (items.length > 0) this.#expect(",");
      items.push(item());
    }
    return items;
  }

  #names(): readonly string[] {
    this.#expect("(");
    return this.#list(")", () => this.#take(/^[a-zA-Z_]\w*$/, "a label"));
  }

  #binary(level: number): Expression {
    const operators = precedence[level];
    if (!operators) return this.#operand();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#accept(...operators);
      if (operator === undefined) return left;
      const ignoring = this.#accept("ignoring") === undefined ? [] : this.#names();
      left = { kind: "binary", operator, ignoring, left, right: this.#binary(level + 1) };
    }
  }

  #operand(): Expression {
    if (this.#accept("(") !== undefined) {
      const inner = this.#binary(0);
      this.#expect(")");
      return inner;
    }
    const first = this.#take(/^[\w:.]+$/, "a metric, function or number");
    if (/^\d/.test(first)) return { kind: "number", value: Number(first) };
    if (aggregates.has(first)) return this.#aggregate(first);
    if (this.#accept("(") === undefined) return this.#selector(first);
    return { kind: "call", name: first, operands: this.#list(")", () => this.#binary(0)) };
  }

  #aggregate(name: string): Expression {
    const before = this.#accept("by") === undefined ? [] : this.#names();
    this.#expect("(");
    const of = this.#binary(0);
    this.#expect(")");
    const by = this.#accept("by") === undefined ? before : this.#names();
    return { kind: "aggregate", name, by, of };
  }

  #selector(name: string): Selector {
    const matchers = this.#accept("{") === undefined ? [] : this.#list("}", () => this.#matcher());
    if (this.#accept("[") === undefined) return { kind: "selector", name, matchers, range: undefined };
    const duration = this.#take(/^\d+[smhd]$/, "a duration");
    this.#expect("]");
    const range = Number.parseInt(duration, 10) * (secondsOf[duration.at(-1) ?? ""] ?? NaN);
    return { kind: "selector", name, matchers, range };
  }

  #matcher(): Matcher {
    const label = this.#take(/^[a-zA-Z_]\w*$/, "a label");
    const equal = this.#take(/^!?=$/, "= or !=") === "=";
    return { label, equal, value: this.#take(/^"/, "a text").slice(1, -1) };
  }
}

/**
 * Reads a query of the part of PromQL that is in {@link Expression}.
 * @throws SyntaxError for what is not in it
 */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}
