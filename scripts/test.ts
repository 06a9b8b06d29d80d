/**
 * `npm test`: builds, checks, and runs every test, those on a real kube-apiserver among them.
 */
import { spawn } from "node:child_process";
import { glob, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { controlPlaneEnvironment } from "../test/control-plane/controlPlaneEnvironment.ts";
import { lineProgress } from "../test/control-plane/lineProgress.ts";
import { prepareBinaries } from "../test/control-plane/prepareBinaries.ts";
import { startControlPlane } from "../test/control-plane/startControlPlane.ts";

const help = `npm test [-- OPTIONS] [-- FILE…]

Builds dist/, runs npm run check, and then all tests (or the files named), two at a time.
The real kube-apiserver and etcd are taken from KUBEBUILDER_ASSETS, else from the cache, else built with Go
(about 7 minutes, once). Where there is none of them, the tests that need it are skipped and counted;
with CI=true that is a failure instead.

  --no-check          the tests alone
  --no-control-plane  without the tests that need a kube-apiserver
  --help              print this
`;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;
const say = (line: string): void => console.log(`# ${line}`);

/** Runs a command with this process's output; resolves with its exit code. */
async function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: "inherit", env: environment });
  const interrupt = (): void => void child.kill("SIGINT");
  process.on("SIGINT", interrupt);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exit, signal) => resolve(exit ?? (signal ? 130 : 1)));
  });
  process.off("SIGINT", interrupt);
  say(
    `${[command, ...args.slice(0, 3)].join(" ")}: ${code === 0 ? "passed" : "FAILED"} after ${seconds(start)}`,
  );
  return code;
}

interface Plane {
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

/** One control plane for all files. */
async function openPlane(wanted: boolean): Promise<Plane> {
  const without = (reason: string): Plane => {
    if (process.env["CI"] === "true" && wanted) throw new Error(`CI=true demands a control plane: ${reason}`);
    say(`WITHOUT A CONTROL PLANE: ${reason}; tests that need it are skipped`);
    return {
      environment: { [controlPlaneEnvironment.missing]: reason },
      close: () => Promise.resolve(),
    };
  };
  if (!wanted) return without("--no-control-plane");
  const binaries = await prepareBinaries(process.env, lineProgress(say));
  if (!binaries)
    return without("KUBEBUILDER_ASSETS is not set, nothing is cached, and there is no Go to build it");
  const started = await startControlPlane(binaries);
  say(`kube-apiserver at ${started.running.url}`);
  return {
    environment: { [controlPlaneEnvironment.file]: started.file },
    close: () => started.close(),
  };
}

async function testFiles(named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return [...named];
  const files: string[] = [];
  for await (const file of glob("test/**/*.test.ts")) files.push(file);
  // Those of the architecture are part of `npm run check`.
  return files.filter((file) => !file.startsWith(join("test", "architecture"))).sort();
}

async function runTests(files: readonly string[], plane: Plane): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "test-run-"));
  const environment = { ...process.env, ...plane.environment, TMPDIR: directory };
  const args = ["--test", "--test-concurrency=2", "--test-timeout=300000"];
  try {
    return await run(process.execPath, [...args, ...files], environment);
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function main(): Promise<number> {
  const options = {
    "no-check": { type: "boolean" },
    "no-control-plane": { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const start = performance.now();
  const files = await testFiles(positionals);
  const built = await run("npm", ["run", "--silent", "build"]);
  const checked = values["no-check"] ? 0 : await run("npm", ["run", "--silent", "check"]);
  if (built !== 0) return built;
  const plane = await openPlane(!values["no-control-plane"]);
  try {
    const tested = await runTests(files, plane);
    say(`npm test: ${seconds(start)} in all`);
    return tested || checked;
  } finally {
    await plane.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
