/** ECDSA on P-256: what Go's TLS client verifies fastest among what every client knows. */
export const certificateAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
