import type { ResourceType } from "./ResourceType.ts";
import { resourceTypes } from "./resourceTypes.ts";

const verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];
/** What `kubectl get all` means. */
const all = new Set(["deployments", "jobs", "pods", "replicasets", "services", "statefulsets"]);
const apiVersions = [...new Set(resourceTypes.map(({ apiVersion }) => apiVersion))];

/** What discovery says at this path; undefined for any other. */
export function discoveryDocument(pathname: string): unknown {
  const path = pathname.replace(/\/$/, "");
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  const groups = apiVersions.filter((apiVersion) => apiVersion.includes("/")).map(describeGroup);
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups };
  const group = groups.find(({ name }) => path === `/apis/${name}`);
  if (group) return { kind: "APIGroup", apiVersion: "v1", ...group };
  const groupVersion = apiVersions.find(
    (apiVersion) => path === (apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`),
  );
  if (groupVersion === undefined) return undefined;
  const resources = resourceTypes
    .filter(({ apiVersion }) => apiVersion === groupVersion)
    .flatMap(describeResource);
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources };
}

function describeGroup(groupVersion: string) {
  const [name = "", version = ""] = groupVersion.split("/");
  const only = { groupVersion, version };
  return { name, versions: [only], preferredVersion: only };
}

function describeResource({ plural, kind, namespaced, shortNames, hasStatus }: ResourceType) {
  const singularName = kind.toLowerCase();
  const itself = {
    name: plural,
    singularName,
    namespaced,
    kind,
    verbs,
    shortNames,
    ...(all.has(plural) && { categories: ["all"] }),
  };
  if (!hasStatus) return [itself];
  return [
    itself,
    { name: `${plural}/status`, singularName: "", namespaced, kind, verbs: ["get", "patch", "update"] },
  ];
}
