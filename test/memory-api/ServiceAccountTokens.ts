import { randomBytes } from "node:crypto";
import type { TokenRequest } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { ObjectStore } from "./ObjectStore.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";

/** Who shows a token. */
export interface TokenUser {
  /** `system:serviceaccount:NAMESPACE:NAME`. */
  readonly username: string;
  readonly pod?: { readonly name: string; readonly uid: string };
}

interface IssuedToken extends TokenUser {
  readonly namespace: string;
  readonly account: { readonly name: string; readonly uid: string };
  /** By the wall clock. */
  readonly expires: number;
}

const defaultLife = 3600;
const shortestLife = 600;

/**
 * Tokens of service accounts: opaque, good until they expire or the account, or the pod that they are bound to, has
 * gone. Audiences are not looked at.
 */
export class ServiceAccountTokens {
  readonly #issued = new Map<string, IssuedToken>();
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #types: { readonly accounts: ResourceType; readonly pods: ResourceType };

  constructor(
    store: ObjectStore,
    clock: Clock,
    types: { readonly accounts: ResourceType; readonly pods: ResourceType },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#types = types;
  }

  /** Throws the server's refusals. */
  issue(
    { namespace, name }: { readonly namespace: string; readonly name: string },
    { boundPod, expirationSeconds = defaultLife }: TokenRequest,
  ): { readonly token: string; readonly expirationTimestamp: string } {
    const { accounts, pods } = this.#types;
    const account = this.#store.get(accounts, namespace, name);
    if (!account) throw refusals.notFound(accounts, name);
    if (expirationSeconds < shortestLife)
      throw refusals.invalid("TokenRequest", name, "may not specify a duration less than 10 minutes");
    if (boundPod) {
      const pod = this.#store.get(pods, namespace, boundPod.name);
      if (!pod) throw refusals.notFound(pods, boundPod.name);
      if (pod.metadata.uid !== boundPod.uid)
        throw refusals.conflict(pods, boundPod.name, "the UID in the bound object reference does not match");
    }
    const token = randomBytes(32).toString("base64url");
    const expires = this.#clock.now() + expirationSeconds * 1000;
    const username = `system:serviceaccount:${namespace}:${name}`;
    this.#issued.set(token, {
      username,
      namespace,
      account: account.metadata,
      expires,
      ...(boundPod && { pod: boundPod }),
    });
    return { token, expirationTimestamp: `${new Date(expires).toISOString().slice(0, 19)}Z` };
  }

  /** Whose token it is, if it is good. */
  user(token: string): TokenUser | undefined {
    const issued = this.#issued.get(token);
    if (!issued || issued.expires <= this.#clock.now()) return undefined;
    const { namespace, account, pod, username } = issued;
    const there = (
      type: ResourceType,
      { name, uid }: { readonly name: string; readonly uid: string },
    ): boolean => this.#store.get(type, namespace, name)?.metadata.uid === uid;
    if (!there(this.#types.accounts, account) || (pod && !there(this.#types.pods, pod))) return undefined;
    return { username, ...(pod && { pod }) };
  }
}
