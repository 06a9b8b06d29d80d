/** True when there is a webhook and the caBundle of each holds the CA's certificate. All in PEM. */
export function trusts(bundles: readonly string[], authority: string): boolean {
  return bundles.length > 0 && bundles.every((bundle) => bundle.includes(authority.trim()));
}
