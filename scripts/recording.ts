/**
 * `npm run recording`: plays the demo and writes what it printed, with the times at which it did, as an SVG for the README.
 * Fails, and writes nothing, when a step of the demo did not hold.
 */
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { drawRecording } from "./recording/drawRecording.ts";
import type { RecordedLine } from "./recording/drawRecording.ts";

const output = "docs/pictures/demo.svg";
const demo = fileURLToPath(new URL("../test/demo/main.ts", import.meta.url));

const lines: RecordedLine[] = [];
const start = performance.now();
const child = spawn(process.execPath, [demo], { stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise<number | null>((resolve, reject) => {
  child.once("error", reject);
  child.once("close", resolve);
});
for await (const text of createInterface({ input: child.stdout })) {
  lines.push({ text, at: (performance.now() - start) / 1000 });
  console.log(text);
}
const code = await ended;
if (code === 0) {
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, drawRecording(lines));
} else console.error(`the demo ended with code ${code}: ${output} stays as it is`);
process.exitCode = code ?? 1;
