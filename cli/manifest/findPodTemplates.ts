import { readRecord } from "../readRecord.ts";
import type { PodTemplate } from "./PodTemplate.ts";

type Path = readonly (string | number)[];

/** Where each kind keeps its pod, by the group of its API. */
const places: Readonly<Record<string, Path>> = {
  "/Pod": [],
  "apps/DaemonSet": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
  "batch/Job": ["spec", "template"],
};

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function follow(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => readRecord(value)?.[key], object);
}

/** The pods in one object, which may be a List of objects; none when it is of another kind. */
export function findPodTemplates(object: unknown, path: Path = []): readonly PodTemplate[] {
  const record = readRecord(object);
  const kind = text(record?.["kind"]) ?? "";
  const items = record?.["items"];
  if (kind.endsWith("List") && Array.isArray(items))
    return items.flatMap((item: unknown, index) => findPodTemplates(item, [...path, "items", index]));
  const key = `${groupOf(text(record?.["apiVersion"]) ?? "")}/${kind}`;
  const place = Object.hasOwn(places, key) ? places[key] : undefined;
  if (place === undefined) return [];
  const metadata = readRecord(record?.["metadata"]);
  const generated = text(metadata?.["generateName"]);
  return [
    {
      kind,
      name: text(metadata?.["name"]) ?? (generated === undefined ? "(no name)" : `${generated}*`),
      namespace: text(metadata?.["namespace"]),
      path: [...path, ...place],
      pod: follow(object, place),
    },
  ];
}
