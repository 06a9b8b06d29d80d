import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { drawRecording } from "../../scripts/recording/drawRecording.ts";

const lines = [
  { text: " 1. somebody labels a namespace", at: 0 },
  { text: "      <peers> & more", at: 0.5 },
  { text: "    held after 0.50 s", at: 60 },
];

describe("a recording", () => {
  it("is the same each time, and holds every line as text", () => {
    const svg = drawRecording(lines);
    assert.equal(drawRecording(lines), svg);
    assert.match(svg, /&lt;peers&gt; &amp; more/);
    assert.match(svg, /class="held">.*held after/);
    assert.match(svg, /class="step">.*somebody labels/);
  });

  it("cuts pauses that nobody wants to wait for", () => {
    // 0.5 s, 1.5 s of the minute, and the end for 8 s.
    assert.match(drawRecording(lines), /scroll 10\.0s step-end/);
  });

  it("shows its end where nothing moves, and scrolls where it does", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ text: `line ${index}`, at: index / 10 }));
    const svg = drawRecording(many);
    assert.match(svg, /\.window \{ transform: translateY\(-102px\) \}/);
    assert.match(svg, /prefers-reduced-motion: no-preference/);
    assert.equal([...svg.matchAll(/% \{ transform/g)].length, 1 + 6);
  });
});
