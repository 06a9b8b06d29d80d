import type { Command } from "../Command.ts";
import type { ClusterApi } from "../cluster/ClusterApi.ts";
import { openCluster } from "../cluster/openCluster.ts";
import { findPodTemplates } from "../manifest/findPodTemplates.ts";
import { parseManifests } from "../manifest/parseManifests.ts";
import { parseOptions } from "../parseOptions.ts";
import { readInput } from "../readInput.ts";
import { readOutputFormat } from "../readOutputFormat.ts";
import type { Terminal } from "../Terminal.ts";
import { UsageError } from "../UsageError.ts";
import type { ClusterPod } from "./ClusterPod.ts";
import { explainHelp } from "./explainHelp.ts";
import { explainPod } from "./explainPod.ts";
import { observePods } from "./observePods.ts";
import type { PodSubject } from "./PodObservation.ts";
import { renderExplanation } from "./renderExplanation.ts";

const options = {
  filename: { type: "string", short: "f" },
  kubeconfig: { type: "string" },
  namespace: { type: "string", short: "n" },
  output: { type: "string", short: "o" },
} as const;

type Subject = { readonly pod: string } | { readonly file: string };

function readSubject(positionals: readonly string[], file: string | undefined): Subject {
  const [pod, ...others] = positionals.map((name) => name.replace(/^(pods?|po)\//, ""));
  if (others.length > 0) throw new UsageError(`${others.join(" ")}: one pod can be explained at a time`);
  if (pod !== undefined && file === undefined) return { pod };
  if (pod === undefined && file !== undefined) return { file };
  throw new UsageError("give either a pod's name or -f FILE");
}

async function readLivePod(api: ClusterApi, namespace: string, name: string, signal: AbortSignal) {
  const live = await api.get<ClusterPod>({ apiVersion: "v1", kind: "Pod", namespace, name }, { signal });
  return { kind: "Pod", namespaceName: namespace, name, pod: live, live };
}

async function readTemplates(
  file: string,
  fallback: string,
  terminal: Terminal,
): Promise<readonly PodSubject[]> {
  const source = file === "-" ? "standard input" : file;
  const parts = parseManifests(source, await readInput(file, terminal));
  const templates = parts.flatMap(({ value }) => findPodTemplates(value));
  if (templates.length === 0) terminal.stderr(`${source}: there is no pod and no workload in it\n`);
  return templates.map(({ kind, name, namespace = fallback, pod }) => ({
    kind,
    namespaceName: namespace,
    name,
    pod,
  }));
}

async function run(args: readonly string[], terminal: Terminal): Promise<undefined> {
  const { values, positionals } = parseOptions(args, options);
  const subject = readSubject(positionals, values.filename);
  const format = readOutputFormat(values.output);
  const cluster = openCluster(values.kubeconfig, terminal);
  try {
    const namespace = values.namespace ?? cluster.namespace;
    const { signal } = new AbortController();
    const subjects =
      "file" in subject
        ? await readTemplates(subject.file, namespace, terminal)
        : [await readLivePod(cluster.api, namespace, subject.pod, signal)];
    const explanations = (await observePods(cluster.api, subjects, signal)).map(explainPod);
    const data = "file" in subject ? explanations : explanations[0];
    terminal.stdout(
      format === "json"
        ? `${JSON.stringify(data, null, 2)}\n`
        : explanations.map(renderExplanation).join("\n"),
    );
  } finally {
    cluster.api.close();
  }
}

/** `explain`: whether a pod has an agent, and why or why not. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Say why a pod has a peer agent, or why not, and what to do.",
  help: explainHelp,
  run,
};
