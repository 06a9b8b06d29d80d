import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { runCommandLine } from "../../../cli/runCommandLine.ts";
import { RecordedTerminal } from "../RecordedTerminal.ts";

const golden = join(import.meta.dirname, "../../webhook/inject/golden");
const validator = join(golden, "minimal-validator/pod.yaml");

async function run(args: readonly string[], input?: string) {
  const terminal = new RecordedTerminal(input);
  const code = await runCommandLine(["inject", ...args], terminal);
  return { code, output: terminal.output, remarks: terminal.remarks };
}

interface WrittenPod {
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

describe("inject", () => {
  test("takes the image and the settings from the command line", async () => {
    const { code, output, remarks } = await run([
      "-f",
      validator,
      "--image=agent:9",
      "--set=AGENT_RELOAD=off",
      "--set=AGENT_STATIC_PEERS=192.0.2.1:11625",
    ]);
    assert.equal(code, 0, remarks);
    const agent = (parse(output) as WrittenPod).spec.containers.at(-1);
    assert.equal(agent?.image, "agent:9");
    const value = (name: string) => agent?.env?.find((one) => one.name === name)?.value;
    assert.equal(value("RELOAD"), "off");
    assert.equal(value("STATIC_PEERS"), "192.0.2.1:11625");
    assert.equal(remarks, "Pod default/validator: injected, as an ordinary container\n");
  });

  test("says why a pod is left alone, by the version of the server", async () => {
    const pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {stellar.org/node-type: Validator}}\nspec: {restartPolicy: Never, containers: [{name: core}]}\n";
    const old = await run(["-f", "-", "--image", "agent:9", "--server-version", "v1.28.3", "-n", "x"], pod);
    assert.equal(old.code, 0);
    assert.equal(old.output, pod);
    assert.match(
      old.remarks,
      /^Pod x\/a: not injected: native-sidecar-unsupported: .*needs Kubernetes 1\.29/,
    );
    const current = await run(["-f", "-", "--image", "agent:9"], pod);
    assert.match(current.remarks, /injected, as a native sidecar/);
  });

  test("writes nothing when the webhook would deny a pod", async () => {
    const file = join(golden, "annotation-wrong-rejected/pod.yaml");
    const { code, output, remarks } = await run([
      "-f",
      file,
      "--image",
      "a:1",
      "--set",
      "REJECT_INVALID=true",
    ]);
    assert.deepEqual([code, output], [1, ""]);
    assert.match(remarks, /invalid-annotation.*\nerror: a pod has to be corrected/);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no file", ["--image", "a:1"], /-f FILE is missing/],
    ["two files", ["-f", "a", "-f", "b", "--image", "a:1"], /one -f/],
    ["a file without -f", ["a.yaml", "--image", "a:1"], /a\.yaml: manifests are given with -f/],
    ["no image", ["-f", validator], /--image IMAGE/],
    ["a wrong image", ["-f", validator, "--image", "A B"], /AGENT_IMAGE is "A B", which is not an image/],
    [
      "an unknown setting",
      ["-f", validator, "--image", "a:1", "--set", "X=1"],
      /no such setting; there are AGENT_IMAGE/,
    ],
    [
      "a setting without a value",
      ["-f", validator, "--image", "a:1", "--set", "AGENT_RELOAD"],
      /must be NAME=VALUE/,
    ],
    ["a wrong value", ["-f", validator, "--image", "a:1", "--set", "AGENT_RELOAD=x"], /AGENT_RELOAD is "x"/],
    ["a wrong version", ["-f", validator, "--image", "a:1", "--server-version", "2"], /such as 1\.37/],
    ["an unknown option", ["--nope"], /--nope/],
  ];
  for (const [what, args, message] of wrong)
    test(`${what} is wrong usage`, async () => {
      const { code, output, remarks } = await run(args);
      assert.deepEqual([code, output], [2, ""]);
      assert.match(remarks, message);
    });

  test("a file that is not there is a failure", async () => {
    const { code, remarks } = await run(["-f", "no-such-file.yaml", "--image", "a:1"]);
    assert.equal(code, 1);
    assert.match(remarks, /^error: can't read no-such-file\.yaml/);
  });
});
