import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";

const entry = join(import.meta.dirname, "../../cli/main.ts");
const environment = { PATH: process.env["PATH"] ?? "", HOME: import.meta.dirname };

async function run(args: readonly string[], input = "") {
  const child = spawn(process.execPath, [entry, ...args], { env: environment });
  const ended = once(child, "close");
  child.stdin.end(input);
  const [output, remarks] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, output, remarks };
}

describe("the program", { concurrency: 2 }, () => {
  for (const args of [["--help"], ["inject", "--help"], ["explain", "-h"], ["status", "--help"]])
    test(`${args.join(" ")} explains, and ends with 0`, async () => {
      const { code, output, remarks } = await run(args);
      assert.deepEqual([code, remarks], [0, ""]);
      assert.match(output, /^Usage: kubectl stellar-peers/m);
    });

  test("--version", async () => {
    assert.deepEqual(await run(["--version"]), { code: 0, output: "0.0.0-source\n", remarks: "" });
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /no command is given; there are inject, explain, status/],
    [["uninject"], /no command "uninject"; there are inject/],
    [["inject", "--nope"], /--nope/],
    [["explain"], /either a pod's name or -f FILE/],
    [["explain", "a", "-f", "b"], /either a pod's name or -f FILE/],
    [["explain", "a", "b"], /one pod can be explained at a time/],
    [["explain", "a", "-o", "yaml"], /-o yaml: must be json/],
    [["explain", "a"], /there is no kubeconfig; give one with --kubeconfig/],
    [["status", "validators"], /a namespace is given with -n/],
    [["status", "--kubeconfig", "no-such-file"], /no-such-file/],
  ];
  for (const [args, message] of wrong)
    test(`${["", ...args].join(" ")} is wrong usage: 2, with nothing on standard output`, async () => {
      const { code, output, remarks } = await run(args);
      assert.deepEqual([code, output], [2, ""]);
      assert.match(remarks, message);
    });

  test("inject reads standard input, and writes nothing but the result to standard output", async () => {
    const manifest = "# a comment\nkind: ConfigMap\n";
    const { code, output, remarks } = await run(["inject", "-f", "-", "--image", "agent:1"], manifest);
    assert.deepEqual([code, output], [0, manifest]);
    assert.match(remarks, /^standard input: there is no pod/);
  });

  test("a broken manifest fails with 1, the line, and what to do", async () => {
    const { code, output, remarks } = await run(["inject", "-f", "-", "--image", "agent:1"], "a: [\n");
    assert.deepEqual([code, output], [1, ""]);
    assert.match(remarks, /^error: standard input, line 2: .*; correct the YAML and try again\n$/);
  });
});
