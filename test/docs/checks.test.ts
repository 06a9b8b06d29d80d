import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { checkAlerts } from "../../scripts/docs/checkAlerts.ts";
import { checkCatalog } from "../../scripts/docs/checkCatalog.ts";
import { checkLinks } from "../../scripts/docs/checkLinks.ts";
import { readMarkdown } from "../../scripts/docs/readMarkdown.ts";
import { readValues } from "../../scripts/generate/readValues.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("links", () => {
  const check = (text: string): readonly string[] => checkLinks([readMarkdown("README.md", text)], root);

  it("are right when file and heading are there, or when they lead elsewhere", () => {
    assert.deepEqual(
      check("# What it `does`, now\n[a](#what-it-does-now) [b](docs) [c](https://a.example/)"),
      [],
    );
  });

  it("are dead without their file or their heading", () => {
    assert.deepEqual(check("# One\n[a](nowhere.md) and [b](#two)"), [
      "README.md: nowhere.md leads to no file",
      "README.md: #two leads to no heading",
    ]);
  });

  it("are none within code, where headings are none either", () => {
    assert.deepEqual(check("`[a](nowhere.md)`\n```\n# Two\n[a](nowhere.md)\n```\n"), []);
    assert.deepEqual(check("```\n# Two\n```\n[a](#two)"), ["README.md: #two leads to no heading"]);
  });

  it("tell headings of one name apart", () => {
    assert.deepEqual(check("# One\n# One\n[a](#one) [b](#one-1)"), []);
  });
});

describe("a catalog", () => {
  const page = readMarkdown(
    "g.md",
    "## Names\n| name | default |\n| --- | --- |\n| `A` | `1` |\n| `B` | |\n",
  );

  it("agrees with its section", () => {
    assert.deepEqual(checkCatalog(page, { section: "Names", entries: [{ name: "A", value: "1" }, { name: "B" }] }), []); // prettier-ignore
  });

  it("misses what the section lacks, what the code lacks, a default and a section", () => {
    const entries = [{ name: "A", value: "2" }, { name: "C" }];
    assert.deepEqual(checkCatalog(page, { section: "Names", entries }), [
      'g.md, "Names": the row of A does not say `2`',
      'g.md, "Names": C is missing',
      'g.md, "Names": the code has no B',
    ]);
    assert.equal(checkCatalog(page, { section: "Others", entries }).length, 1);
  });
});

it("alerts and their sections name each other", () => {
  const page = readMarkdown("t.md", "### StellarPeerOne\n### StellarPeerTwo\n");
  assert.deepEqual(checkAlerts(page, ["StellarPeerOne"]), ["t.md: the chart has no alert StellarPeerTwo"]);
  assert.deepEqual(checkAlerts(page, ["StellarPeerOne", "StellarPeerTwo", "StellarPeerThree"]), [
    "t.md: alert StellarPeerThree has no section",
  ]);
});

it("values of a chart come with the comments above them", () => {
  const text = [
    "# Of the file.",
    "",
    "# The first,",
    "# in two lines.",
    "one: 1",
    "# A group.",
    "group:",
    "  # Within.",
    "  two: a # beside",
    "  three: []",
    "four: {}",
  ].join("\n");
  assert.deepEqual(readValues(text), [
    { path: "one", fallback: "1", comment: "The first, in two lines." },
    { path: "group", fallback: "", comment: "A group." },
    { path: "group.two", fallback: '"a"', comment: "Within." },
    { path: "group.three", fallback: "[]", comment: "" },
    { path: "four", fallback: "{}", comment: "" },
  ]);
});
