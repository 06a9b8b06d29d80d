import { parseQuantity } from "./parseQuantity.ts";

/**
 * Reads settings from an environment and collects every problem instead of stopping at the first. What a method returns
 * after a problem is only a stand-in: look at `problems` before use.
 */
export class EnvironmentReader<Name extends string> {
  readonly problems: string[] = [];
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #defaults: Readonly<Record<Name, string | undefined>>;

  constructor(
    environment: Readonly<Record<string, string | undefined>>,
    defaults: Readonly<Record<Name, string | undefined>>,
  ) {
    this.#environment = environment;
    this.#defaults = defaults;
  }

  /** An empty variable counts as absent. */
  text(name: Name): string {
    const given = this.#environment[name]?.trim();
    const value = given === undefined || given === "" ? this.#defaults[name] : given;
    if (value === undefined) this.problems.push(`${name} must be set`);
    return value ?? "";
  }

  matching(name: Name, pattern: RegExp, wanted: string): string {
    const value = this.text(name);
    if (value !== "" && !pattern.test(value)) this.#refuse(name, value, wanted);
    return value;
  }

  oneOf<const T extends string>(name: Name, allowed: readonly T[]): T {
    const value = this.text(name);
    const found = allowed.find((one) => one === value);
    if (found === undefined) this.#refuse(name, value, `one of ${allowed.join(", ")}`);
    return found ?? (allowed[0] as T);
  }

  integer(name: Name, minimum: number, maximum: number): number {
    const value = this.text(name);
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= minimum && number <= maximum))
      this.#refuse(name, value, `an integer from ${minimum} to ${maximum}`);
    return number;
  }

  boolean(name: Name): boolean {
    return this.oneOf(name, ["true", "false"]) === "true";
  }

  quantity(name: Name): string {
    const value = this.text(name);
    if (!((parseQuantity(value) ?? 0) > 0))
      this.#refuse(name, value, "a positive quantity such as 10m or 64Mi");
    return value;
  }

  #refuse(name: Name, value: string, wanted: string): void {
    this.problems.push(`${name} is ${JSON.stringify(value)}, which is not ${wanted}`);
  }
}
