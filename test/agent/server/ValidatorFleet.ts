import { Readable } from "node:stream";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { objects } from "../discover/objects.ts";

const { node, slice, endpoint } = objects;

/** StellarNodes with their slices on a real API server, as operator and kube-controller-manager leave them. */
export class ValidatorFleet {
  readonly #api: KubeApi;
  readonly #namespace: string;

  constructor(api: KubeApi, namespace: string) {
    this.#api = api;
    this.#namespace = namespace;
  }

  /** Validators v0 to v(COUNT-1); those before `from` are there already. */
  async create(count: number, from = 0): Promise<void> {
    const shape = { namespace: this.#namespace };
    const indices = Readable.from(Array.from({ length: count - from }, (_, index) => from + index));
    await indices.forEach(
      async (index: number) => {
        const name = `v${index}`;
        await this.#api.create<KubeObject>(node(name, shape), deadline());
        await this.#api.create<KubeObject>(slice(name, [this.#endpoint(index, 0)], shape), deadline());
      },
      { concurrency: 16 },
    );
  }

  /** The pod of one validator has another address from now on. */
  async move(index: number, generation: number): Promise<string> {
    const reference = {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      namespace: this.#namespace,
    };
    const body = { endpoints: [this.#endpoint(index, generation)] };
    const name = `v${index}-x1`;
    await this.#api.patch({ ...reference, name }, { type: "merge", body }, deadline());
    return this.address(index, generation);
  }

  #endpoint(index: number, generation: number): unknown {
    return endpoint(this.address(index, generation), { pod: `v${index}-0` });
  }

  address(index: number, generation: number): string {
    return `10.${generation}.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  }
}

function deadline(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(60_000) };
}
