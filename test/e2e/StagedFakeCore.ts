import { FakeCore, type FakeCoreOptions } from "../fake-core/FakeCore.ts";
import type { CoreRequest, StageCore } from "./StageCore.ts";

/** A fake Core on a Stage. */
export class StagedFakeCore extends FakeCore implements StageCore {
  readonly #options: FakeCoreOptions;

  constructor(options: FakeCoreOptions) {
    super(options);
    this.#options = options;
  }

  get address(): string {
    return this.#options.address;
  }

  get requests(): readonly CoreRequest[] {
    return this.model.requests;
  }

  async connected(): Promise<readonly string[]> {
    return this.#options.network
      .connectionsOf(this.model)
      .filter(({ authenticated, other }) => authenticated && other.running)
      .map(({ other }) => other.options.address);
  }
}
