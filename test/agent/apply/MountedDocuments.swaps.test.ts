import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { MountedDocuments } from "../../../agent/apply/MountedDocuments.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { eventually } from "../../runtime/eventually.ts";
import { makeValidator } from "./makeValidator.ts";
import { MountedDirectory } from "./MountedDirectory.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

/** By hand, `npm run test:swaps` does a hundred thousand. */
const swaps = Number(process.env["SWAPS"] ?? 3_000);

/** The n-th set: as many peers as its revision says, so that a mixture of two sets shows. */
function setOf(number: number): Readonly<Record<string, string>> {
  const peers = Array.from({ length: 1 + (number % 17) }, (_, index) => makeValidator(index + 1));
  return { ...renderPeers(peers), revision: `1.${number}` };
}

describe(`${swaps} swaps of the mounted directory, 1 to 20 ms apart`, () => {
  const log = new RecordedLog();
  const ending = new AbortController();
  let directory: MountedDirectory;
  let documents: MountedDocuments;
  let running: Promise<unknown>;
  const torn: string[] = [];
  let newest = 0;
  let seen = 0;

  /** What is applied must have been whole at some time, and never goes back. */
  function look(): void {
    const document = documents.current()?.document;
    if (!document) return;
    seen += 1;
    const { sequence } = document.revision;
    if (document.peers.length !== 1 + (sequence % 17))
      torn.push(`1.${sequence} with ${document.peers.length}`);
    if (sequence < newest) torn.push(`1.${sequence} after 1.${newest}`);
    newest = Math.max(newest, sequence);
  }

  before(async () => {
    directory = await MountedDirectory.make();
    documents = new MountedDocuments({
      directory: directory.path,
      clock: systemClock,
      log,
      metrics: new RecordedApplyMetrics(),
      onChange: look,
    });
    running = documents.run(ending.signal).catch(() => undefined);
  });
  after(async () => {
    ending.abort();
    await running;
    await directory.remove();
  });

  it("bring the last set in, and nothing that was never complete", { timeout: 3_600_000 }, async () => {
    for (let number = 1; number <= swaps; number += 1) {
      await directory.swap(setOf(number));
      await systemClock.sleep(1 + Math.random() * 19, ending.signal);
      if (number % 10_000 === 0) console.log(`${number} swaps, ${seen} taken in`);
    }
    await eventually("the last set", 10_000, () => newest === swaps);
    assert.deepEqual(torn, []);
    assert.deepEqual(log.about("document.rejected"), []);
    assert.ok(seen > swaps / 100, `only ${seen} of ${swaps} were taken in`);
  });
});
