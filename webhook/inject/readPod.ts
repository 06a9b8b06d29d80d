import type { Pod } from "./Pod.ts";

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const absentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const number: Check = (value) => typeof value === "number";
const quantity: Check = (value) => typeof value === "string" || typeof value === "number";
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => item(one));
const map =
  (item: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every((one) => item(one));
const object =
  (fields: Fields): Check =>
  (value) =>
    isRecord(value) &&
    Object.entries(fields).every(([name, check]) =>
      check(Object.hasOwn(value, name) ? value[name] : undefined),
    );

const resources = object({ requests: absentOr(map(quantity)), limits: absentOr(map(quantity)) });
const container = object({
  name: text,
  ports: absentOr(list(object({}))),
  resources: absentOr(resources),
});
const metadata = object({
  name: absentOr(text),
  generateName: absentOr(text),
  namespace: absentOr(text),
  labels: absentOr(map(text)),
  annotations: absentOr(map(text)),
});
const spec = object({
  containers: list(container),
  initContainers: absentOr(list(container)),
  volumes: absentOr(list(object({ name: text }))),
  restartPolicy: absentOr(text),
  hostNetwork: absentOr(flag),
  securityContext: absentOr(object({ runAsUser: absentOr(number) })),
  resources: absentOr(resources),
  os: absentOr(object({})),
});
const pod = object({ metadata: absentOr(metadata), spec });

/**
 * The value as a pod, when the fields that injection reads have the right types; undefined otherwise. All else in it is
 * the API server's to check.
 */
export function readPod(value: unknown): Pod | undefined {
  if (!pod(value)) return undefined;
  const read = value as Pod;
  return read.spec.containers.length > 0 ? read : undefined;
}
