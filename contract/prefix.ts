/** Prefix of every label and annotation that belongs to this project. */
export const prefix = "peer-discovery.stellar.org/";
