import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DocumentChoice } from "../../../agent/apply/DocumentChoice.ts";
import type { IncomingDocument } from "../../../agent/apply/DocumentView.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeValidator } from "./makeValidator.ts";

/** The two ways in, as a test sets them. */
class Scene {
  readonly clock = new VirtualClock();
  readonly log = new RecordedLog();
  published: IncomingDocument | undefined;
  age = Infinity;
  mounted: IncomingDocument | undefined;
  readonly choice = new DocumentChoice({
    published: {
      current: () => this.published,
      age: () => this.age,
      status: () => ({ revision: undefined, hash: undefined, refusal: undefined, age: null }),
    },
    mounted: {
      current: () => this.mounted,
      status: () => ({ revision: undefined, hash: undefined, refusal: undefined }),
    },
    clock: this.clock,
    log: this.log,
  });

  incoming(revision: string): IncomingDocument {
    return { document: makeDocument([makeValidator(1)], revision), receivedAt: this.clock.monotonic() };
  }
}

describe("the two ways in", () => {
  it("are one, of which it is said when another begins to count", async () => {
    const scene = new Scene();
    assert.equal(scene.choice.current(), undefined);
    assert.equal(scene.choice.status().source, undefined);

    scene.mounted = scene.incoming("1.1");
    assert.equal(scene.choice.current()?.source, "file");
    await scene.clock.advance(1_000);
    [scene.published, scene.age] = [scene.incoming("1.1"), 0];
    assert.equal(scene.choice.current()?.source, "api");
    assert.equal(scene.choice.current()?.source, "api");

    await scene.clock.advance(120_000);
    [scene.mounted, scene.age] = [scene.incoming("1.2"), 120_000];
    assert.equal(scene.choice.current()?.document.revision.sequence, 2);
    assert.equal(scene.choice.status().source, "file");

    const lines = scene.log.about("document.source");
    assert.deepEqual(
      lines.map((line) => [line["source"], line["revision"]]),
      [
        ["file", "1.1"],
        ["api", "1.1"],
        ["file", "1.2"],
      ],
    );
  });

  it("say for how long the other has been behind the one that counts", async () => {
    const scene = new Scene();
    const behind = (): number => {
      scene.choice.current();
      return scene.choice.status().behind;
    };
    assert.equal(behind(), 0);
    [scene.published, scene.age] = [scene.incoming("1.1"), 0];
    await scene.clock.advance(70_000);
    assert.equal(behind(), 70_000);
    scene.mounted = scene.incoming("1.1");
    assert.equal(behind(), 0);
    await scene.clock.advance(1_000);
    scene.published = scene.incoming("1.2");
    await scene.clock.advance(2_000);
    assert.equal(behind(), 2_000);
  });

  it("know the highest revision of all that is held", () => {
    const scene = new Scene();
    assert.equal(scene.choice.newest(), undefined);
    [scene.published, scene.age] = [scene.incoming("2.2"), 0];
    scene.mounted = scene.incoming("2.1");
    assert.deepEqual(scene.choice.newest(), { epoch: 2, sequence: 2 });
    scene.mounted = scene.incoming("3.1");
    assert.deepEqual(scene.choice.newest(), { epoch: 3, sequence: 1 });
    scene.choice.current();
    [scene.published, scene.mounted] = [undefined, undefined];
    assert.deepEqual(scene.choice.newest(), { epoch: 2, sequence: 2 }, "what counted last is held");
  });
});
