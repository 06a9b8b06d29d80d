import assert from "node:assert/strict";
import { it } from "node:test";
import { Spreads } from "./Spreads.ts";

it("the changes of a run become a table, with the files' time where it was looked at", () => {
  const spreads = new Spreads();
  const spread = { published: 1_040, received: 2_000, connected: 10_460, revision: "1.2" };
  assert.equal(
    spreads.add("one", spread),
    "revision 1.2: published after 1.0 s, at each agent by API 2.0 s, confirmed connections 10.5 s",
  );
  spreads.add("another", { ...spread, revision: "1.3" });
  assert.equal(spreads.addFiles(70_000), "1.3 is in the mounted files of each after 70.0 s");
  assert.equal(
    spreads.render(),
    [
      "change   ConfigMap  each agent, API  each agent, file  connections confirmed",
      "one          1.0 s            2.0 s                                   10.5 s",
      "another      1.0 s            2.0 s            70.0 s                 10.5 s",
    ].join("\n"),
  );
});
