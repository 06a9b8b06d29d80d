import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseDocument } from "../../../agent/apply/chooseDocument.ts";
import type { DocumentCandidates } from "../../../agent/apply/chooseDocument.ts";
import type { DocumentSource, IncomingDocument, SourcedDocument } from "../../../agent/apply/DocumentView.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeValidator } from "./makeValidator.ts";

const silent = 60_000;
const now = 1_000_000;

/** A document whose peers are as many as its sequence says, so that revisions differ in content. */
function incoming(revision: string, receivedAt = now): IncomingDocument {
  const count = Number(revision.split(".")[1]);
  const peers = Array.from({ length: count }, (_, index) => makeValidator(index + 1));
  return { document: makeDocument(peers, revision), receivedAt };
}

function counted(source: DocumentSource, revision: string, receivedAt = now): SourcedDocument {
  return { ...incoming(revision, receivedAt), source };
}

function choose(given: Partial<DocumentCandidates>): string | undefined {
  const none = { published: undefined, publishedAge: Infinity, mounted: undefined, previous: undefined, now };
  const chosen = chooseDocument({ ...none, ...given });
  return chosen && `${chosen.source} ${chosen.document.revision.epoch}.${chosen.document.revision.sequence}`;
}

describe("which document counts", () => {
  it("is none while there is none", () => {
    assert.equal(choose({}), undefined);
    assert.equal(choose({ publishedAge: 0 }), undefined);
  });

  it("never goes back to what the API had before content that can't be read", () => {
    const facts = {
      published: incoming("1.2"),
      publishedAge: 0,
      publishedRefused: true,
      mounted: incoming("1.3"),
    };
    assert.equal(choose({ ...facts, previous: counted("file", "1.3") }), "file 1.3");
    assert.equal(choose({ ...facts, previous: counted("api", "1.2") }), "api 1.2");
  });

  it("is the API's while its watch is alive, whatever the revisions", () => {
    const published = incoming("1.1");
    const previous = counted("file", "8.3");
    assert.equal(
      choose({ published, publishedAge: silent - 1, mounted: incoming("9.2"), previous }),
      "api 1.1",
    );
  });

  it("is the file's while the API has said nothing at all", () => {
    assert.equal(choose({ mounted: incoming("2.3") }), "file 2.3");
  });

  it("is the file's once the API is silent and the file is newer than what counted", () => {
    const previous = counted("api", "2.1");
    const given = { published: previous, publishedAge: silent, previous };
    assert.equal(choose({ ...given, mounted: incoming("2.2") }), "file 2.2");
    assert.equal(choose({ ...given, mounted: incoming("3.1") }), "file 3.1");
  });

  it("stays what it was when the file is older", () => {
    const previous = counted("api", "2.2");
    assert.equal(choose({ mounted: incoming("2.1"), publishedAge: silent, previous }), "api 2.2");
    assert.equal(choose({ mounted: incoming("1.9"), publishedAge: silent, previous }), "api 2.2");
  });

  it("stays what it was when there is no file", () => {
    assert.equal(choose({ publishedAge: silent, previous: counted("api", "2.2") }), "api 2.2");
  });

  it("stays the API's when the file was there, and passed over, when the API last spoke", () => {
    const previous = counted("api", "1.1");
    const lastSpoke = now - silent;
    const given = { published: previous, publishedAge: silent, previous };
    assert.equal(choose({ ...given, mounted: incoming("9.2", lastSpoke) }), "api 1.1");
    assert.equal(choose({ ...given, mounted: incoming("9.2", lastSpoke + 1) }), "file 9.2");
  });

  it("is the file's with the API's time of arrival when both are the same, so that it is not applied anew", () => {
    const previous = counted("api", "2.1", 5);
    const chosen = chooseDocument({
      published: previous,
      publishedAge: silent,
      mounted: incoming("2.1", 900_000),
      previous,
      now,
    });
    assert.deepEqual([chosen?.source, chosen?.receivedAt], ["file", 5]);
  });

  it("follows the file from revision to revision as long as the API is silent, and never back", () => {
    const previous = counted("file", "2.2");
    assert.equal(choose({ publishedAge: silent, mounted: incoming("2.3"), previous }), "file 2.3");
    assert.equal(choose({ publishedAge: silent, mounted: incoming("2.1"), previous }), "file 2.2");
  });

  it("is the API's again when its watch comes back, even with an older revision", () => {
    const given = { mounted: incoming("5.3"), previous: counted("file", "5.3") };
    assert.equal(choose({ ...given, published: incoming("1.1"), publishedAge: 0 }), "api 1.1");
  });
});
