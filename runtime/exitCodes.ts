/** Exit codes of every program of the project. */
export const exitCodes = { ended: 0, failed: 1, wrongConfiguration: 2 } as const;
