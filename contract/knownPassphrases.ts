/** Passphrases of SDF's public networks (stellar-core 27.1, docs/networks; developers.stellar.org, "Networks"). */
export const knownPassphrases: ReadonlyMap<string, string> = new Map([
  ["mainnet", "Public Global Stellar Network ; September 2015"],
  ["testnet", "Test SDF Network ; September 2015"],
  ["futurenet", "Test SDF Future Network ; October 2022"],
]);
