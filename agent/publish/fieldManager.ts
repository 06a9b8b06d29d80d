/** Under this name the API server records what agents write, in managedFields. */
export const fieldManager = "stellar-peer-agent";
