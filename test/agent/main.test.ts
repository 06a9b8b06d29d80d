import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { it } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../agent/main.ts", import.meta.url));

async function run(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; lines: readonly Record<string, string>[] }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { env, timeout: 20_000 }, (error, stdout) => {
      const lines = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, string>);
      resolve({ code: typeof error?.code === "number" ? error.code : 0, lines });
    });
  });
}

it("an agent with three wrong settings reports all three and exits 2", async () => {
  const { code, lines } = await run({
    POD_NAME: "alpha-0",
    POD_NAMESPACE: "stellar",
    POD_UID: "c0ffee",
    POD_IP: "10.0.0.1",
    POLL_INTERVAL: "soon",
    RELOAD: "perhaps",
    MAX_DIALED_PEERS: "-3",
  });
  assert.equal(code, 2);
  assert.deepEqual(
    lines.map(({ event }) => event),
    Array(3).fill("configuration.invalid"),
  );
  for (const [index, name] of ["POLL_INTERVAL", "RELOAD", "MAX_DIALED_PEERS"].entries())
    assert.match(lines[index]?.["msg"] ?? "", new RegExp(`^${name} is "[^"]+", and must be `));
});

it("an agent outside a cluster and with no kubeconfig says so and exits 2", async () => {
  const { code, lines } = await run({
    POD_NAME: "alpha-0",
    POD_NAMESPACE: "stellar",
    POD_UID: "c0ffee",
    POD_IP: "10.0.0.1",
  });
  assert.equal(code, 2);
  assert.match(lines[0]?.["msg"] ?? "", /KUBECONFIG/);
});
