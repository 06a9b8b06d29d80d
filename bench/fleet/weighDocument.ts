import { renderPeers } from "../../contract/renderPeers.ts";
import { makeValidator } from "../../test/agent/apply/makeValidator.ts";

/** Bytes of the ConfigMap's values for so many validators, with names of five characters and pods. */
export function weighDocument(validators: number): number {
  const peers = Array.from({ length: validators }, (_, index) => makeValidator(index + 1));
  return Object.values(renderPeers(peers)).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}
