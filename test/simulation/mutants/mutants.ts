import type { Mutant } from "./Mutant.ts";

/** Bugs that the simulation has to notice. */
export const mutants: readonly Mutant[] = [
  {
    name: "a watch that has gone silent is not noticed",
    file: "kube/Reflector.ts",
    find: "const maxSilence = Math.min(timeoutSeconds * 1_000 + lateness, this.#options.pulse ?? Infinity);",
    replace: "const maxSilence = timeoutSeconds * 1_000_000 + lateness;",
  },
  {
    name: "after 410 the content is not listed again",
    file: "kube/planAfterWatch.ts",
    find: 'if (end.reason === "expired") return { next: "list", pause: listed && !heard };',
    replace: 'if (end.reason === "expired") return { next: "watch", pause: true };',
  },
  {
    name: "a deleted object stays",
    file: "kube/ReflectedObjects.ts",
    find: 'return change === "DELETED" ?',
    replace: 'return change === "DELETED" && this.#items.size > 1000 ?',
  },
  {
    name: "a failed list empties the content",
    file: "kube/Reflector.ts",
    find: "if (error instanceof ApiError) return error;",
    replace:
      "if (error instanceof ApiError) {\n        if (this.#objects.replace([])) this.#options.onChange();\n        return error;\n      }",
  },
  {
    name: "the write carries no resourceVersion",
    file: "agent/publish/publicationPatch.ts",
    find: "resourceVersion: stored.resourceVersion,",
    replace: "",
  },
  {
    name: "the sequence begins anew with every write",
    file: "agent/publish/planPublication.ts",
    find: "return { epoch, sequence: Math.max(known, lastSequence, used) + 1 };",
    replace: "return { epoch, sequence: known + lastSequence + used > 0 ? 1 : 1 };",
  },
  {
    name: "an old picture is published",
    file: "agent/publish/PublishingTerm.ts",
    find: "if (!current || age >= freshness)",
    replace: "if (!current)",
  },
  {
    name: "a list that shrinks is published at once",
    file: "agent/publish/planPublication.ts",
    find: "if (stored.count === undefined || count * 2 >= stored.count) return undefined;",
    replace: "return undefined;",
  },
  {
    name: "another writer's edit is left as it is",
    file: "agent/publish/planPublication.ts",
    find: "entries.every(([key, value]) => stored.data[key] === value)",
    replace: "entries.length > 0",
  },
  {
    name: "errors of publishing end the term's work",
    file: "agent/publish/PublishingTerm.ts",
    find: "if (!(error instanceof ApiError)) throw error;\n        await this.#failed(error, signal);",
    replace: "if (!(error instanceof ApiError)) throw error;\n        await new Promise(() => undefined);",
  },
  {
    name: "the epoch does not grow with a new holder",
    file: "kube/election/heldLease.ts",
    find: "(renewed ? 0 : 1)",
    replace: "0",
  },
  {
    name: "wall clocks are compared in the election",
    file: "kube/election/decideElection.ts",
    find: "const remaining = since + protectedFor(lease, leaseDuration) - now;",
    replace:
      'const remaining = since > now ? 0 : Date.parse(lease.spec?.renewTime ?? "") + 15_000 - (Date.UTC(2026, 0, 1) + now);',
  },
  {
    name: "an expired Lease is never taken",
    file: "kube/election/decideElection.ts",
    find: "if (remaining > 0) return",
    replace: "if (remaining > -Infinity) return",
  },
  {
    name: "the health gate is skipped",
    file: "agent/apply/decideHealth.ts",
    find: 'if (info.state !== "Synced!") return waiting("not-synced", `Core\'s state is ${info.state}`);',
    replace: "",
  },
  {
    name: "one good look is enough for a reload",
    file: "agent/apply/decideHealth.ts",
    find: "if (now - proof.since < proofSpan)",
    replace: "if (now < proof.since)",
  },
  {
    name: "peers that are connected are dialed too",
    file: "agent/apply/Applier.ts",
    find: "const missing = planned.filter(({ peerString }) => !known.has(peerString));",
    replace: "const missing = known.size > 1000 ? [] : planned;",
  },
  {
    name: "an agent dials itself",
    file: "agent/apply/decideTargets.ts",
    find: "!own.has(peer.peerString) && isOnNetwork",
    replace: "isOnNetwork",
  },
  {
    name: "networks are mixed",
    file: "agent/apply/decideTargets.ts",
    find: "if (peer.network !== network) return false;",
    replace: "if (peer.network !== network) return true;",
  },
  {
    name: "what the document alone lists is dialed, whatever the own picture shows",
    file: "agent/apply/decideTargets.ts",
    find: "allowed: listed.filter((peer) => seenAddresses.has(peer.peerString)),",
    replace: "allowed: listed,",
  },
  {
    name: "an older file takes the place of what was applied",
    file: "agent/apply/chooseDocument.ts",
    find: "return order < 0 ? previous : file;",
    replace: "return file;",
  },
  {
    name: "copies are made once and never brought up to date",
    file: "webhook/provision/planCopies.ts",
    find: "else if (original && !isCurrent(copy, original) && !isPremature(copy, original, observed))",
    replace: "else if (original && !copy.data)",
  },
  {
    name: "a Lease made anew begins with epoch 0",
    file: "webhook/provision/planLease.ts",
    find: "leaseTransitions: Math.max(0, ...epochs)",
    replace: "leaseTransitions: Math.min(0, ...epochs)",
  },
  {
    name: "a list older than what was seen is believed",
    file: "kube/Reflector.ts",
    find: "if (this.#isBehind(list)) return behind();",
    replace: "",
  },
  {
    name: "a number whose write may have taken place is used again",
    file: "agent/publish/planPublication.ts",
    find: "const used = attempt && attempt.over !== stored.resourceVersion ? attempt.sequence : 0;",
    replace: "const used = attempt && attempt.sequence < 0 ? attempt.sequence : 0;",
  },
  {
    name: "a Lease made anew goes by what the watch shows",
    file: "webhook/provision/planLease.ts",
    find: "const epochs = [confirmed, original, remembered, ...copies].map(storedEpoch);",
    replace: "const epochs = [original, remembered, ...copies].map(storedEpoch);",
  },
  {
    name: "a list made anew may be taken from an edited copy",
    file: "webhook/provision/planOriginal.ts",
    find: "other.integrity - one.integrity ||",
    replace: "",
  },
];
