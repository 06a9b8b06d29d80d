import type { Claims } from "./Claims.ts";

function readInjection(comment: string): Claims["injection"] {
  const skipped = /\b(?:is|are) not injected \(([a-z-]+)\)/.exec(comment)?.[1];
  if (skipped !== undefined) return { skipped };
  if (comment.includes("injected as an ordinary container")) return "container";
  return comment.includes("injected as a native sidecar") ? "native" : undefined;
}

/** Reads the set phrases in which comments of the examples speak of injection and of the list. */
export function readClaims(comment: string): Claims {
  const text = comment.replaceAll(/\s+/g, " ");
  return {
    injection: readInjection(text),
    older: /before Kubernetes 1\.29 not at all \(([a-z-]+)\)/.exec(text)?.[1],
    address: /Listed at ([\d.]+:\d+)/.exec(text)?.[1],
    network: /Listed on network ([a-z]+)/.exec(text)?.[1],
    omission: /Left out \(([a-z-]+)\)/.exec(text)?.[1],
  };
}
