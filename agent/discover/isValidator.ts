/** True for the node type `Validator` in any letter case. */
export function isValidator(nodeType: string | undefined): boolean {
  return nodeType?.toLowerCase() === "validator";
}
