/** Milliseconds that a message to a Core which is well is under way, at most. */
export const promptCore = 10;
