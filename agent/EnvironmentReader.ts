import { agentEnvironment } from "./agentEnvironment.ts";
import type { AgentVariable } from "./agentEnvironment.ts";

type VariableName = keyof typeof agentEnvironment;

/** Reads one variable after the other, and keeps what is wrong with each. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /** What `parse` makes of the variable's value. When that is nothing, `instead`, which nobody will see. */
  read<T>(name: VariableName, instead: T, parse: (text: string) => T | undefined): T {
    const { fallback, allowed }: AgentVariable = agentEnvironment[name];
    const text = (this.#environment[name] ?? "").trim() || fallback;
    if (text === undefined) this.problems.push(`${name} is not set, and must be ${allowed}`);
    else {
      const value = parse(text);
      if (value !== undefined) return value;
      this.problems.push(`${name} is ${JSON.stringify(text)}, and must be ${allowed}`);
    }
    return instead;
  }

  text(name: VariableName, isValid: (text: string) => boolean): string {
    return this.read(name, "", (text) => (isValid(text) ? text : undefined));
  }

  choice<T extends string>(name: VariableName, choices: readonly [T, ...T[]]): T {
    return this.read(name, choices[0], (text) => choices.find((choice) => choice === text));
  }
}
