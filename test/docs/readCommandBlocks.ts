import type { CommandBlock } from "./CommandBlock.ts";

const block = /(?:<!-- needs: (\w+) -->\s*\n)?```sh\n([\s\S]*?)```\n(?:\nYou see (`[^\n]*?)\.(?=\s))?/g;

/**
 * The blocks marked `sh` of a page, in order. A comment above one says what it needs besides a control plane:
 * `<!-- needs: network -->`, `<!-- needs: agents -->` or `<!-- needs: cluster -->` (nodes and controllers); the words in backticks of a sentence that begins with
 * "You see" are what it prints.
 */
export function readCommandBlocks(page: string, text: string): readonly CommandBlock[] {
  return [...text.matchAll(block)].map((match): CommandBlock => {
    const [whole, needs, commands = "", seen = ""] = match;
    const start = match.index + whole.indexOf("```sh\n");
    const sees = [...seen.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
    return { page, line: text.slice(0, start).split("\n").length + 1, commands, sees, needs };
  });
}
