import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

/** What every account may do, whatever it is bound to. */
const everybody = new Set([
  "selfsubjectreviews",
  "selfsubjectaccessreviews",
  "selfsubjectrulesreviews",
  "clustertrustbundles",
]);

/** What an API server granted, recorded by test/charts/rights.control-plane.test.ts: a resource and its verbs a line. */
async function granted(file: string): Promise<readonly { resource: string; verbs: readonly string[] }[]> {
  const text = await readFile(new URL(`../charts/golden/${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [, resource = "", verbs = ""] = /^\S+ (\S+) in [^:]*: (.*)$/.exec(line) ?? [];
      return { resource, verbs: verbs.split(", ") };
    })
    .filter(({ resource }) => !everybody.has(resource));
}

/** The cells of the table that follows these words. */
async function rowsAfter(words: string): Promise<readonly (readonly string[])[]> {
  const page = await readFile("docs/security.md", "utf8");
  const [table = ""] = page.slice(page.indexOf(words)).match(/(?:^\|.*\n)+/m) ?? [];
  return table.split("\n").map((line) => line.split("|").map((cell) => cell.trim().toLowerCase()));
}

describe("the page on security names each right", () => {
  for (const [who, words, file] of [
    ["of agents", "**Agents**", "agent-rights.txt"],
    ["of the webhook", "**The webhook and provisioner**", "webhook-rights.txt"],
  ] as const)
    it(who, async () => {
      const rows = await rowsAfter(words);
      const rights = await granted(file);
      assert.ok(rights.length >= 5);
      for (const { resource, verbs } of rights) {
        const singular = resource.slice(0, -1).replace(/^cluster(?=role$)/, "");
        const named = rows.filter(([, what = ""]) => what.includes(singular));
        assert.ok(named.length > 0, `${resource} is missing`);
        const said = named.map((cells) => cells.slice(1).join(" ")).join(" ");
        for (const verb of verbs)
          assert.ok(said.includes(verb) || /\ball\b/.test(said), `${resource}: ${verb}`);
      }
    });
});
